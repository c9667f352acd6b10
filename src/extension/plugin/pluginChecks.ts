// All that judges plugin files, by themselves and together: one piece of code, loaded when there is such a file.
export { fixAll, lintText, withSettings } from '../../core/plugin/lintText.ts';
export { roleOf } from '../../core/plugin/package/packageLayout.ts';
export { repeatedNames } from '../../core/plugin/package/workspaceNames.ts';
export { CommittedManifests } from './committedManifest.ts';
export { lintPluginDocument } from './documentLint.ts';
export { FolderConfigs } from './folderConfigs.ts';
export { findAcrossFiles } from './packageFindings.ts';
export { suppressionsIn } from './fileSuppressions.ts';
export { packageFixes } from './packageFixes.ts';
export { pluginOfRequest, requestsOf } from './requestGrants.ts';
