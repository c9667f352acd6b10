import { explain, type ExplainedError } from '../problem/explainedError.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';

/** Why a redirect was not followed: maintenance (PS936) or another origin (PS939). */
export function explainRedirect(from: URL, target: URL): ExplainedError {
  if (target.hostname === 'message.powerschool.com') return explain(POWERSCHOOL_PROBLEMS, 'PS936', [from.host]);
  return explain(POWERSCHOOL_PROBLEMS, 'PS939', [from.host, target.origin]);
}
