import { commands } from 'vscode';

export interface TestSandbox {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly controlKey: string;
}

/** The sandbox district that the test run started. */
export function testSandbox(): TestSandbox {
  const text = process.env['POWERSCHOOL_TEST_SANDBOX'];
  if (!text) throw new Error('POWERSCHOOL_TEST_SANDBOX is not set');
  return JSON.parse(text) as TestSandbox;
}

/** Adds the sandbox as a server, asking nothing; resolves when it is saved. */
export async function addTestServer(name: string, secret = testSandbox().clientSecret): Promise<void> {
  const { url, clientId } = testSandbox();
  await commands.executeCommand('powerschool.addServer', {
    name,
    url,
    kind: 'sandbox',
    clientId,
    clientSecret: secret,
  });
}

/** Changes what goes wrong in the sandbox, such as `{ latency: 5000 }`, and tells how many calls it has had. */
export async function controlSandbox(faults: Record<string, unknown>): Promise<void> {
  const { url, controlKey } = testSandbox();
  const headers = { 'X-Sandbox-Key': controlKey, 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/sandbox/control`, { method: 'PATCH', headers, body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Calls of the API that have reached the sandbox. */
export async function sandboxCalls(): Promise<number> {
  const { url, controlKey } = testSandbox();
  const answer = await fetch(`${url}/sandbox/control`, { headers: { 'X-Sandbox-Key': controlKey } });
  return ((await answer.json()) as { counts: { calls: number } }).counts.calls;
}
