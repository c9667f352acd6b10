// What follows the plugin files of a workspace from the start: one piece of code, loaded after activation.
export { startBackgroundLinters } from './backgroundLinters.ts';
export { registerPluginFeatures } from './languageFeatures.ts';
export { problemsIn } from './problemCounts.ts';
