import path from 'node:path';

/** The folder of the checkout. */
export const checkout = path.dirname(import.meta.dirname);

/** What is downloaded or made for tests and `npm start`; git ignores it and it may be removed at any time. */
export const cacheFolder = path.join(checkout, '.cache');

/** Screenshots and logs of the last test run; git ignores it. */
export const resultsFolder = path.join(checkout, 'test-results');
