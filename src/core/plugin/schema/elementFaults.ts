import type { XmlElement } from '../reader/xmlDocument.ts';
import type { ElementModel } from './elementModel.ts';
import type { PlainElement } from './structure.ts';
import type { ValueKeyword } from './valueCheck.ts';

/** What one element lacks, has too much of, or has wrong. `key` as in its plain object. */
export interface ElementFault {
  readonly kind: 'missing' | 'unknown' | 'repeated' | ValueKeyword;
  readonly key: string;
}

/** Compares one element with its model: attributes, text, which children there are and how many, not what is in them. */
export function elementFaults(model: ElementModel, plain: PlainElement): ElementFault[] | undefined {
  let faults: ElementFault[] | undefined;
  const note = (kind: ElementFault['kind'], key: string): void => {
    (faults ??= []).push({ kind, key });
  };
  for (const key of model.required) {
    if (plain[key] === undefined) note('missing', key);
  }
  for (const key in plain) {
    const value = plain[key];
    if (typeof value === 'string') {
      const check = model.checks.get(key);
      const kind = check === undefined ? 'unknown' : check(value);
      if (kind !== undefined) note(kind, key);
    } else {
      const child = model.children.get(key);
      if (child === undefined) note('unknown', key);
      else if (isMore(value, child.most)) note('repeated', key);
    }
  }
  return faults;
}

function isMore(elements: readonly XmlElement[] | undefined, most: number): boolean {
  return elements !== undefined && elements.length > most;
}
