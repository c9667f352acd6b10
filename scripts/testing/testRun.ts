import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { getBrowser } from '../editor/browser.ts';
import { CURRENT_EDITOR, MINIMUM_EDITOR } from '../editor/editorVersion.ts';
import { installEditor } from '../editor/installEditor.ts';
import { installLibxml2 } from '../../test/support/libxml2.ts';
import { installPeerTools } from '../../test/support/peerTools.ts';
import { runNpmScript } from '../process/npmScript.ts';
import type { Counts } from './counts.ts';
import { canDownloadDesktop, runDesktopSuite } from './desktopSuite.ts';
import { runEditorSuite } from './editorSuite.ts';
import { HeldOutput } from './heldOutput.ts';
import { nodeTests } from './nodeTests.ts';
import { bundleEditorSuite } from './suiteBundle.ts';
import { TestReport } from './testReport.ts';

const GROUPS = ['core', 'package', 'peers', 'editor', 'desktop', 'e2e'] as const;
type Group = (typeof GROUPS)[number];

/** Desktop VS Code is asked for: elsewhere the editor part chooses the editor that can be had. */
const EVERYTHING: readonly Group[] = ['core', 'package', 'peers', 'editor', 'e2e'];

/** An editor that is clicked in waits more than it works: two share a machine of two processors well. */
const EDITORS_AT_ONCE = Math.min(2, availableParallelism());

const report = new TestReport((text) => console.log(text));

async function check(title: string, script: string): Promise<boolean> {
  return report.part(title, async () => {
    await runNpmScript(script);
  });
}

/** Suites in an editor share one sandbox district. */
async function withSandbox(work: (env: Record<string, string>) => Promise<Counts>): Promise<Counts> {
  const { startSandbox } = await import('../../src/sandbox/sandbox.ts');
  const sandbox = await startSandbox({ students: 200 });
  const { url, clientId, clientSecret, controlKey } = sandbox;
  try {
    return await work({ POWERSCHOOL_TEST_SANDBOX: JSON.stringify({ url, clientId, clientSecret, controlKey }) });
  } finally {
    await sandbox.stop();
  }
}

/** Downloads in the background while the first parts run; whoever needs one waits for it and gets its error. */
function download(groups: ReadonlySet<Group>): void {
  const wanted: Promise<unknown>[] = [];
  if (groups.has('editor') || groups.has('e2e')) wanted.push(getBrowser(), installEditor(CURRENT_EDITOR));
  if (groups.has('editor')) wanted.push(installEditor(MINIMUM_EDITOR));
  if (groups.has('peers')) wanted.push(installPeerTools(), installLibxml2());
  void Promise.allSettled(wanted);
}

async function runInEditor(): Promise<void> {
  // On Linux a desktop editor needs a display, which test machines seldom have.
  if (process.platform !== 'linux' && (await canDownloadDesktop())) return runInDesktop();
  // Side by side: each waits for its editor half of the time. The second one's lines are shown after the first.
  const tests = await bundleEditorSuite();
  const start = performance.now();
  const suites = [CURRENT_EDITOR, MINIMUM_EDITOR].map((version) => {
    const output = new HeldOutput((line) => console.log(line));
    const suite = { version, tests, print: (line: string) => output.print(line) };
    const counts = withSandbox((env) => runEditorSuite(suite, env));
    // Its part gets the error.
    counts.catch(() => undefined);
    return { title: `in the extension host of VS Code ${version.vscode}`, output, counts };
  });
  for (const { title, output, counts } of suites) {
    const work = (): Promise<Counts> => {
      output.show();
      return counts;
    };
    await report.part(title, work, start);
  }
}

async function runInDesktop(): Promise<void> {
  for (const version of ['stable', MINIMUM_EDITOR.vscode]) {
    await report.part(`in desktop VS Code, ${version}`, () => withSandbox((env) => runDesktopSuite(version, env)));
  }
}

async function runGroups(groups: ReadonlySet<Group>): Promise<void> {
  download(groups);
  // The bundles and the package are what all other groups look at.
  const built = groups.size === 1 && groups.has('core') ? 'build' : 'package';
  if (!(await check(built, built))) return;
  if (groups.has('core')) {
    await check('types', 'typecheck');
    await check('lint', 'lint');
    await check('format', 'format:check');
    await report.part('core, command line, sandbox', () =>
      nodeTests(['test/{core,cli,sandbox,extension,scripts}/**/*.test.ts'], {
        concurrency: availableParallelism(),
        reporter: 'dot',
      }),
    );
  }
  if (groups.has('package'))
    await report.part('bundles and package', () => nodeTests(['test/package/**/*.test.ts'], { reporter: 'spec' }));
  if (groups.has('peers'))
    await report.part('exports and verdicts beside other tools', () =>
      nodeTests(['test/peers/*.test.ts'], { reporter: 'spec' }),
    );
  if (groups.has('editor')) await runInEditor();
  if (groups.has('desktop')) await runInDesktop();
  if (groups.has('e2e'))
    await report.part('by clicks in the workbench', () =>
      nodeTests(['test/e2e/*.test.ts'], { concurrency: EDITORS_AT_ONCE, reporter: 'spec' }),
    );
}

/** `--only core,e2e` or `--only core --only e2e`; everything without it. */
function chosenGroups(): ReadonlySet<Group> {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
  const names = values.only.flatMap((each) => each.split(','));
  if (names.length === 0) return new Set(EVERYTHING);
  return new Set(
    names.map((name) => {
      const group = GROUPS.find((each) => each === name);
      if (group !== undefined) return group;
      console.error(`There is no part "${name}". The parts: ${GROUPS.join(', ')}.`);
      process.exit(2);
    }),
  );
}

await runGroups(chosenGroups());
report.end();
// Nothing run is no success.
process.exit(report.total.failed > 0 || report.total.passed === 0 ? 1 : 0);
