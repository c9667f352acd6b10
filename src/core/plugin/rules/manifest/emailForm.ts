import type { ManifestRule } from './manifestRule.ts';
import { isPlaceholder } from './placeholderLeft.ts';

/** Text before and behind one `@`, and a dot in what is behind. */
export function isEmail(value: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value);
}

export const emailForm: ManifestRule = {
  code: 'PS154',
  check({ contact }, report) {
    const email = contact?.attribute('email');
    if (email === undefined || email.damaged || email.value === '' || isPlaceholder(email.value)) return;
    if (!isEmail(email.value.trim())) report(email, [email.value]);
  },
};
