import { jsonAnswer } from '../server/answer.ts';
import { type Call, callerOf, jsonBody } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import type { PowerQueryEngine } from './powerQueryEngine.ts';
import { type PowerQueryRequest, readPowerQueryRequest } from './powerQueryRequest.ts';

/** The endpoints of PowerQueries. */
export function powerQueryRoutes(engineOf: (call: Call) => PowerQueryEngine): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/ws/schema/query/api',
      access: 'token',
      handler: (call) => jsonAnswer(engineOf(call).describe()),
    },
    {
      method: 'POST',
      path: '/ws/schema/query/{queryname}',
      access: 'token',
      handler: async (call) => {
        const answer = await engineOf(call).run(nameOf(call), requestOf(call), callerOf(call).grants);
        return answer.kind === 'page'
          ? { ...jsonAnswer(answer.body), headers: assumedHeader(answer.assumed) }
          : { status: 200, body: { kind: 'stream', type: 'application/json;charset=UTF-8', pieces: answer.pieces } };
      },
    },
    {
      method: 'POST',
      path: '/ws/schema/query/{queryname}/count',
      access: 'token',
      handler: async (call) =>
        jsonAnswer({ count: await engineOf(call).count(nameOf(call), requestOf(call), callerOf(call).grants) }),
    },
    {
      method: 'GET',
      path: '/ws/powerqueryaccesslist/{queryname}',
      access: 'token',
      handler: (call) => jsonAnswer(engineOf(call).accessList(nameOf(call))),
    },
  ];
}

function nameOf(call: Call): string {
  return call.parameters['queryname'] ?? '';
}

/** An empty body is taken as `{}`. */
function requestOf(call: Call): PowerQueryRequest {
  return readPowerQueryRequest(call.body.length === 0 ? {} : jsonBody(call), call.query);
}

/** Tells what the sandbox made up; a real server has it, or refuses the query. */
function assumedHeader(assumed: readonly string[]): Record<string, string> {
  return assumed.length === 0 ? {} : { 'X-Sandbox-Assumed': assumed.join(', ').replaceAll(/[^\x20-\x7e]/g, '?') };
}
