// Requests from other tools and for them: one piece of code, loaded when something is imported or copied.
export { copyAs } from './copyAs.ts';
export { importHttp, importPostman, pasteCurl } from './importRequests.ts';
