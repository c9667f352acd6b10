import { commands } from 'vscode';

export interface TestSandbox {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
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
  void commands.executeCommand('powerschool.addServer', { name, url, kind: 'sandbox', clientId, clientSecret: secret });
}
