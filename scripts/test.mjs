// `npm test`: everything, on a clean checkout. `npm test -- --only core` (or package, editor, desktop, e2e) runs a part.
import { parseArgs } from 'node:util';
import { checkout } from './editor/checkout.mjs';
import { run } from './editor/run.mjs';
import { nodeTests } from './testing/nodeTests.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const total = { passed: 0, failed: 0, skipped: 0 };

/** One part of the tests: a check that passes or throws, or a suite that counts. */
async function part(group, title, work) {
  if (values.only !== undefined && values.only !== group) return;
  const start = performance.now();
  console.log(`\n── ${title}`);
  let counts;
  try {
    counts = (await work()) ?? { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.log(`✖ ${title}: ${error instanceof Error ? error.message : String(error)}`);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`── ${title}: ${summary(counts)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A script of package.json, run with the same Node. */
function npmScript(name) {
  return run('npm', ['run', '--silent', name], { cwd: checkout });
}

/** Suites in an editor share one sandbox district. */
async function withSandbox(work) {
  const { startSandbox } = await import('../src/sandbox/sandbox.ts');
  const sandbox = await startSandbox({ students: 200 });
  const { url, clientId, clientSecret, controlKey } = sandbox;
  try {
    return await work({ POWERSCHOOL_TEST_SANDBOX: JSON.stringify({ url, clientId, clientSecret, controlKey }) });
  } finally {
    await sandbox.stop();
  }
}

// The bundles are what package, editor and e2e tests look at.
if (values.only !== 'core') await part(values.only, 'build', () => npmScript('package'));
else await npmScript('generate');

await part('core', 'types', () => npmScript('typecheck'));
await part('core', 'lint', () => npmScript('lint'));
await part('core', 'format', () => npmScript('format:check'));
await part('core', 'core, command line, sandbox', () =>
  nodeTests(['test/{core,cli,sandbox,extension}/**/*.test.ts'], { reporter: 'dot' }),
);
await part('package', 'package', () => nodeTests(['test/package/**/*.test.ts']));
await part('editor', 'inside the extension host', async () => {
  const { runEditorSuite } = await import('./testing/editorSuite.mjs');
  return withSandbox((env) => runEditorSuite('current', env));
});
await part('editor', 'inside the oldest supported extension host', async () => {
  const { runEditorSuite } = await import('./testing/editorSuite.mjs');
  return withSandbox((env) => runEditorSuite('minimum', env));
});
// Desktop VS Code comes from a host that not every network reaches: asked for, not assumed.
if (values.only === 'desktop') {
  await part('desktop', 'inside desktop VS Code', async () => {
    const { runDesktopSuite } = await import('./testing/desktopSuite.mjs');
    return withSandbox((env) => runDesktopSuite('stable', env));
  });
}
await part('e2e', 'by clicks in the workbench', () => nodeTests(['test/e2e/*.test.ts'], { concurrency: 1 }));

console.log(`\n${summary(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
