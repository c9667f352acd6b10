// `npm test`: everything, on a clean checkout. `npm test -- --only core` (package, editor, desktop, e2e) runs a part.
import { checkNode } from './process/checkNode.mjs';

checkNode();
await import('./testing/testRun.ts');
