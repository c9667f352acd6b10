import { readPagedTarget } from '../../core/powerschool/pagingTarget.ts';
import { directiveValue } from '../../core/request/directiveValues.ts';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import { isWrite } from '../../core/request/requestKind.ts';

/** Whether a request asks for a list that comes in pages, and not already for all of them. */
export function isPaged({ method, target, directives }: RequestEntry): boolean {
  const path = pathOf(target.text);
  if (!readPagedTarget(path).paged || directiveValue(directives, 'pages') === 'all') return false;
  return isRead({ method, target });
}

/** A GET, or a PowerQuery, which is a POST that only selects. */
export function isRead({ method, target }: Pick<RequestEntry, 'method' | 'target'>): boolean {
  return method.text === 'GET' || (method.text === 'POST' && !isWrite('POST', pathOf(target.text)));
}

/** A variable before the path stands for the server. */
function pathOf(target: string): string {
  return target.replace(/^\{\{[^}]*\}\}/, '');
}
