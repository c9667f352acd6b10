// What reads request files and their environments: one piece of code, loaded with the first such file.
export { environmentNames } from '../../core/request/environment.ts';
export { parseRequestFile } from '../../core/request/parse.ts';
export { suppressionFixes } from '../../core/request/suppressions.ts';
export { findEnvironmentFiles } from './environmentFiles.ts';
export { isPaged } from './pagedRequest.ts';
