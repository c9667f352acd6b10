import { l10n } from 'vscode';
import type { Availability } from '../../core/catalog/operation.ts';
import type { Refusal } from '../../core/catalog/serverFacts.ts';

/** What several kinds of rows say beside their names; empty where there is nothing to say. */
export function checkedWord(count: number): string {
  return count > 0 ? l10n.t('{0} checked', count) : '';
}

export function absentWord(availability: Availability): string {
  return availability === 'notReported' ? l10n.t('not on this server') : '';
}

export function refusedWord(refusal: Refusal | undefined): string {
  return refusal === undefined ? '' : l10n.t('refused last time ({0})', refusal.status);
}
