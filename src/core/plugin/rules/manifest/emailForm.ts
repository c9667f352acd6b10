import type { ManifestRule } from './manifestRule.ts';
import { isPlaceholder } from './placeholderLeft.ts';

export const emailForm: ManifestRule = {
  code: 'PS154',
  check({ contact }, report) {
    const email = contact?.attribute('email');
    if (email === undefined || email.damaged || email.value === '' || isPlaceholder(email.value)) return;
    if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.value.trim())) report(email, [email.value]);
  },
};
