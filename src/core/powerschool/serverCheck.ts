import { ExplainedError, explain } from '../problem/explainedError.ts';
import type { PowerSchoolClient } from './client.ts';
import { asNumber, isJsonObject } from './jsonValue.ts';
import { readAnswer, readMetadata, type ServerMetadata } from './metadata.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';

export const CHECK_STEPS = ['nameLookup', 'connection', 'tls', 'token', 'plugin', 'v1Access', 'table'] as const;

export type CheckStepName = (typeof CHECK_STEPS)[number];

/** One turn of a check. Steps come in order; each is `running` once and then `passed`, `failed` or `skipped`. */
export type CheckStep =
  | { readonly kind: 'step'; readonly step: CheckStepName; readonly state: 'running' | 'passed' | 'skipped' }
  | { readonly kind: 'step'; readonly step: CheckStepName; readonly state: 'failed'; readonly problem: ExplainedError }
  /** The last one. */
  | { readonly kind: 'end'; readonly passed: boolean; readonly facts: ServerFacts };

/** What a check found; what it did not come to is undefined. */
export interface ServerFacts {
  readonly version: string | undefined;
  readonly pluginId: string | undefined;
  /** `READ` means READ or FULL: only a write could tell, and a check writes nothing. */
  readonly v1Level: 'NONE' | 'READ' | undefined;
  readonly tables: boolean | undefined;
  /** As in `ServerMetadata`. */
  readonly maxPageSizes: Readonly<Record<string, number>>;
}

/**
 * Checks a server step by step: name look-up, connection, TLS, token, the plugin in metadata (a 200 alone proves
 * nothing: metadata answers everybody), the v1 access level, one table. The first four stop the check; the plugin's
 * rights are checked one by one, since a plugin may live with only one of them.
 */
export async function* checkServer(
  client: PowerSchoolClient,
  options: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<CheckStep, void, undefined> {
  const { signal } = options;
  const facts: { -readonly [Key in keyof ServerFacts]: ServerFacts[Key] } = {
    version: undefined,
    pluginId: undefined,
    v1Level: undefined,
    tables: undefined,
    maxPageSizes: {},
  };
  const secure = client.server.origin.startsWith('https:');

  yield running('nameLookup');
  const reached = await attempt(() => readMetadata(client, { authorize: false, signal }));
  const stop = reached instanceof ExplainedError ? stageOf(reached.code) : undefined;
  for (const step of ['nameLookup', 'connection', 'tls'] as const) {
    if (step !== 'nameLookup') yield running(step);
    if (step === stop && reached instanceof ExplainedError) {
      yield failed(step, reached);
      yield* skippedAfter(step);
      yield { kind: 'end', passed: false, facts };
      return;
    }
    yield step === 'tls' && !secure ? skipped(step) : passed(step);
  }

  yield running('token');
  const token = await attempt(() => client.tokens.current(signal));
  if (token instanceof ExplainedError) {
    yield failed('token', token);
    yield* skippedAfter('token');
    yield { kind: 'end', passed: false, facts };
    return;
  }
  yield passed('token');

  yield running('plugin');
  const metadata = await attempt(() => readPlugin(client, signal));
  if (metadata instanceof ExplainedError) {
    yield failed('plugin', metadata);
    yield* skippedAfter('plugin');
    yield { kind: 'end', passed: false, facts };
    return;
  }
  facts.version = metadata.version;
  facts.pluginId = metadata.pluginId;
  facts.maxPageSizes = metadata.maxPageSizes;
  yield passed('plugin');

  yield running('v1Access');
  const district = await attempt(() => get(client, '/ws/v1/district', signal));
  const refused = district instanceof ExplainedError;
  if (!refused) facts.v1Level = 'READ';
  else if (district.code === 'PS947') facts.v1Level = 'NONE';
  yield refused ? failed('v1Access', district) : passed('v1Access');

  yield running('table');
  // Counting without a filter needs no right to any column.
  const table = await attempt(() => countRows(client, '/ws/schema/table/students/count', signal));
  facts.tables = !(table instanceof ExplainedError);
  yield table instanceof ExplainedError ? failed('table', table) : passed('table');
  yield { kind: 'end', passed: !refused && facts.tables, facts };
}

async function readPlugin(client: PowerSchoolClient, signal: AbortSignal | undefined): Promise<ServerMetadata> {
  const read = (): Promise<ServerMetadata> => readMetadata(client, { signal });
  let metadata = await read();
  if (metadata.pluginId === undefined) {
    // A token kept from an earlier time may have died: metadata answers 200 all the same.
    await client.tokens.forget();
    metadata = await read();
  }
  if (metadata.pluginId === undefined) throw explain(POWERSCHOOL_PROBLEMS, 'PS987', [client.server.origin]);
  return metadata;
}

async function get(client: PowerSchoolClient, target: string, signal: AbortSignal | undefined): Promise<unknown> {
  return readAnswer(await client.send({ method: 'GET', target, signal }));
}

async function countRows(client: PowerSchoolClient, target: string, signal: AbortSignal | undefined): Promise<number> {
  const body = await get(client, target, signal);
  const count = asNumber(isJsonObject(body) ? body['count'] : undefined);
  if (count === undefined) throw explain(POWERSCHOOL_PROBLEMS, 'PS944', [client.server.origin]);
  return count;
}

/** The value, or the explained failure; anything else (a cancel) goes on up. */
async function attempt<T>(work: () => Promise<T>): Promise<T | ExplainedError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExplainedError) return error;
    throw error;
  }
}

function stageOf(code: string): 'nameLookup' | 'connection' | 'tls' {
  if (code === 'PS900') return 'nameLookup';
  return /^PS91\d$/.test(code) ? 'tls' : 'connection';
}

function running(step: CheckStepName): CheckStep {
  return { kind: 'step', step, state: 'running' };
}

function passed(step: CheckStepName): CheckStep {
  return { kind: 'step', step, state: 'passed' };
}

function skipped(step: CheckStepName): CheckStep {
  return { kind: 'step', step, state: 'skipped' };
}

function failed(step: CheckStepName, problem: ExplainedError): CheckStep {
  return { kind: 'step', step, state: 'failed', problem };
}

function* skippedAfter(step: CheckStepName): Generator<CheckStep, void, undefined> {
  for (const later of CHECK_STEPS.slice(CHECK_STEPS.indexOf(step) + 1)) yield skipped(later);
}
