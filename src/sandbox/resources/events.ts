import { elementAnswer, emptyAnswer, type Answer } from '../server/answer.ts';
import { callerOf, jsonBody, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { listOf } from './studentExtensions.ts';
import { objectAt } from './tableWrites.ts';

/** The subscriptions of one plugin. The sandbox keeps them and sends nothing: no source shows a notification's body. */
export interface EventSubscriptions {
  readonly key: string | undefined;
  readonly callbackUrl: string;
  readonly subscriptions: readonly { readonly resource: string; readonly eventType: string }[];
}

export const EVENT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/v1/event_subscription', access: 'v1Read', handler: answerSubscriptions },
  { method: 'PUT', path: '/ws/v1/event_subscription', access: 'v1Read', handler: answerReplace },
  { method: 'DELETE', path: '/ws/v1/event_subscription', access: 'v1Read', handler: answerRemove },
];

const RESOURCES = new Set([
  '/ws/v1/student/*',
  '/ws/v1/section_enrollment/*',
  '/ws/v1/staff/*',
  '/ws/v1/section/*',
  '/ws/v1/course/*',
  '/ws/v1/test_subscription',
]);

function answerSubscriptions(call: Call): Answer {
  const own = call.sandbox.events.get(callerOf(call).id);
  return elementAnswer({
    name: 'event_subscriptions',
    content: {
      key: own?.key,
      callback_url: own?.callbackUrl,
      event_subscription: own?.subscriptions.map(({ resource, eventType }) => ({ resource, event_type: eventType })),
    },
  });
}

/** Replaces the plugin's whole list: 201 when it had none, 204 when it had one. */
function answerReplace(call: Call): Answer {
  requireJson(call);
  const body = objectAt(jsonBody(call), 'event_subscriptions');
  const callbackUrl = body?.['callback_url'];
  if (body === undefined || typeof callbackUrl !== 'string' || !URL.canParse(callbackUrl)) {
    throw new Refusal(400, 'The request body must have event_subscriptions with a callback_url');
  }
  const key = body['key'];
  const subscriptions = listOf(body['event_subscription']).map(readSubscription);
  const { events } = call.sandbox;
  const plugin = callerOf(call).id;
  const replaced = events.has(plugin);
  events.set(plugin, { key: typeof key === 'string' ? key : undefined, callbackUrl, subscriptions });
  return emptyAnswer(replaced ? 204 : 201);
}

function answerRemove(call: Call): Answer {
  if (!call.sandbox.events.delete(callerOf(call).id)) {
    throw new Refusal(404, "The event subscriptions entity doesn't exist");
  }
  return emptyAnswer(204);
}

function readSubscription(value: unknown): { resource: string; eventType: string } {
  const { resource, event_type: eventType } = (value ?? {}) as { resource?: unknown; event_type?: unknown };
  if (typeof resource !== 'string' || !RESOURCES.has(resource)) {
    throw new Refusal(400, `Invalid resource '${String(resource)}'`);
  }
  const types = ['INSERT', 'UPDATE', 'DELETE', ...(resource === '/ws/v1/student/*' ? ['SCHOOL_ENROLLMENT'] : [])];
  if (typeof eventType !== 'string' || !types.includes(eventType)) {
    throw new Refusal(400, `Invalid event_type '${String(eventType)}' for ${resource}`);
  }
  return { resource, eventType };
}

/** 415 unless the body is said to be JSON: for the endpoints that document it. */
export function requireJson(call: Call): void {
  const type = call.headers['content-type'];
  if (typeof type !== 'string' || type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw new Refusal(415, 'HTTP 415 Unsupported Media Type');
  }
}
