import { npmCommand } from '../process/npmScript.ts';
import { CommandFailure, runCommand } from '../process/runCommand.ts';
import type { Progress } from '../progress.ts';

/**
 * Installs packages into a folder that has a package.json, without running any of their scripts, and shows how many
 * were fetched, counted on from `fetchedBefore`; returns that number. What npm fetched stays in npm's own cache: an interrupted installation goes on from there.
 */
export async function npmInstall(
  folder: string,
  args: readonly string[],
  progress: Progress,
  fetchedBefore = 0,
): Promise<number> {
  const [command, ...first] = npmCommand();
  let fetched = fetchedBefore;
  try {
    await runCommand(
      command,
      [...first, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=http', ...args],
      {
        cwd: folder,
        env: npmEnvironment(),
        onLine: (line) => {
          if (!/^npm http fetch GET 200 .*\.tgz/.test(line)) return;
          fetched += 1;
          progress.update(`${fetched} packages`);
        },
      },
    );
    return fetched;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const said = error.output.split('\n').filter((line) => !line.startsWith('npm http fetch'));
    throw new Error(`npm could not install ${args.join(' ')}:\n${said.slice(-30).join('\n')}`, { cause: error });
  }
}

/** npm hands its settings on to the scripts it runs; those about this checkout do not hold for another folder. */
function npmEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(package|lifecycle)_/i.test(name) &&
        !/^npm_config_(local_prefix|prefix|omit|include|ignore_scripts|dry_run|workspace|workspaces|package_lock_only)$/i.test(
          name,
        ),
    ),
  );
}
