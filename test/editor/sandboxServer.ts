import { commands } from 'vscode';
import { watchDistrict, type WatchedDistrict } from '../support/watchedDistrict.ts';

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
export async function addTestServer(name: string, changed: Partial<TestSandbox> = {}): Promise<void> {
  const { url, clientId, clientSecret } = { ...testSandbox(), ...changed };
  await commands.executeCommand('powerschool.addServer', { name, url, kind: 'sandbox', clientId, clientSecret });
}

/** The sandbox at an address of its own, which holds some requests back until it is told to let them go. */
export interface HoldingDistrict extends WatchedDistrict {
  /** Resolves when the first request is held. */
  readonly held: Promise<void>;
  release(): void;
}

export async function holdingDistrict(holds: (target: URL) => boolean): Promise<HoldingDistrict> {
  const first = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const district = await watchDistrict(testSandbox().url, async (target) => {
    if (!holds(target)) return;
    first.resolve();
    await released.promise;
  });
  return { ...district, held: first.promise, release: released.resolve };
}

/** Changes what goes wrong in the sandbox, such as `{ latency: 5000 }`. */
export async function controlSandbox(faults: Record<string, unknown>): Promise<void> {
  const { url, controlKey } = testSandbox();
  const headers = { 'X-Sandbox-Key': controlKey, 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/sandbox/control`, { method: 'PATCH', headers, body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(await answer.text());
}
