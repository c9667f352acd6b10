import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is downloaded or made for tests and `npm start`; git ignores it. */
export const cacheFolder = join(checkout, '.cache');
