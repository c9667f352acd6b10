// `npm start`: VS Code on the sample workspace, with the extension loaded and a sandbox district already signed in.
// `npm start -- --desktop` uses the VS Code that is installed. Ctrl+C ends everything.
import { checkNode } from './process/checkNode.mjs';

checkNode();
await import('./start/start.ts');
