import type { Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';

export interface Page {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/**
 * The page that a call asks for. The maximum is also the default. A page size above the maximum, or a page below 1, is
 * refused: the documentation says it "cannot be greater", and a client that depends on a silent cut would lose rows.
 */
export function pageOf(call: Call, maximum: number): Page {
  const page = positiveInteger(call, 'page') ?? 1;
  const pageSize = positiveInteger(call, 'pagesize') ?? maximum;
  if (pageSize > maximum) {
    throw new Refusal(400, `The page size ${pageSize} is greater than the maximum page size ${maximum}`);
  }
  return { page, pageSize };
}

function positiveInteger(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) {
    throw new Refusal(400, `Invalid value '${text}' for parameter ${name}`);
  }
  return Number(text);
}
