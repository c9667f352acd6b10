import { samePageLimits } from '../auth/installedPlugin.ts';
import { elementAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import type { Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';

/** Metadata, time and the fixed resource for events. */
export const V1_SYSTEM_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/v1/metadata', access: 'anonymous', handler: answerMetadata },
  { method: 'GET', path: '/ws/v1/time', access: 'anonymous', handler: answerTime },
  { method: 'GET', path: '/ws/v1/test_subscription', access: 'v1Read', handler: answerTestSubscription },
];

const VERSION = '25.9.0.0';

/** Answers without a token too; a valid one adds `plugin_id` and brings the limits of its plugin. */
function answerMetadata(call: Call): Answer {
  const { caller, sandbox } = call;
  const uptime = duration(sandbox.now() - sandbox.startedAt);
  return elementAnswer({
    name: 'metadata',
    content: {
      ...(caller?.pageLimits ?? samePageLimits(100)),
      machine_uptime: uptime,
      powerschool_uptime: uptime,
      mobile_api_version: '3.0.0',
      plugin_id: caller?.id,
      powerschool_version: VERSION,
      state_reporting_version: '25.9.1.0',
      state: 'MT',
      district_timezone: 'America/Denver',
      district_uuid: sandbox.districtUuid,
      sso_enabled_admin: 'false',
      sso_enabled_teacher: 'false',
      sso_enabled_student: 'false',
      sso_enabled_guardian: 'false',
    },
  });
}

function answerTime(call: Call): Answer {
  const timestamp = call.sandbox.now();
  const time = new Date(timestamp).toISOString().slice(0, 19).replace('T', ' ');
  return elementAnswer({ name: 'resource', content: { time, timestamp } });
}

function answerTestSubscription(): Answer {
  return jsonAnswer({ id: 1, content: 'Test Subscription' });
}

/** `0 days, 0 hours, 3 minutes` */
function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return `${Math.floor(minutes / 1440)} days, ${Math.floor(minutes / 60) % 24} hours, ${minutes % 60} minutes`;
}
