import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { QUIET_SETTINGS } from '../editor/editorServer.ts';
import { startKept } from '../process/keptProcess.ts';
import { onPath, readLines } from '../process/runCommand.ts';

export interface DesktopEditor {
  /** Settles when the window was closed. */
  readonly closed: Promise<number>;
  close(): Promise<void>;
}

export interface DesktopEditorOptions {
  /** A folder for settings and extensions of this start alone: the user's own editor stays as it is. */
  home: string;
  workspace: string;
  developmentExtension: string;
  env: Readonly<Record<string, string>>;
}

/**
 * Opens the installed VS Code with the extension in development mode.
 *
 * @throws Error when no VS Code is found
 */
export async function openDesktopEditor(options: DesktopEditorOptions): Promise<DesktopEditor> {
  const code = installedCode();
  if (code === undefined)
    throw new Error(
      'No desktop VS Code was found. Put its "code" command on the PATH, or use "npm start" for the one in the browser.',
    );
  const userData = path.join(options.home, 'user-data');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(path.join(userData, 'User', 'settings.json'), JSON.stringify(QUIET_SETTINGS, undefined, 2));
  const args = [
    '--wait',
    '--new-window',
    '--disable-workspace-trust',
    `--user-data-dir=${userData}`,
    `--extensions-dir=${path.join(options.home, 'extensions')}`,
    `--extensionDevelopmentPath=${options.developmentExtension}`,
    options.workspace,
  ];
  const kept = startKept(...throughShell(code, args), { env: { ...process.env, ...options.env } });
  for (const stream of [kept.stdout, kept.stderr]) readLines(stream, () => undefined);
  return {
    closed: kept.ended,
    close: async () => {
      await endEditor(userData);
      await kept.end();
    },
  };
}

function installedCode(): string | undefined {
  const { env, platform } = process;
  const usual =
    platform === 'darwin'
      ? [
          '/Applications/Visual Studio Code.app',
          path.join(env['HOME'] ?? '', 'Applications', 'Visual Studio Code.app'),
        ].map((app) => path.join(app, 'Contents', 'Resources', 'app', 'bin', 'code'))
      : platform === 'win32'
        ? [path.join(env['LOCALAPPDATA'] ?? '', 'Programs'), env['PROGRAMFILES'] ?? ''].map((folder) =>
            path.join(folder, 'Microsoft VS Code', 'bin', 'code.cmd'),
          )
        : [];
  return onPath('code', 'code-insiders') ?? usual.find((file) => existsSync(file));
}

/** Windows runs a .cmd file only through its shell. */
function throughShell(program: string, args: readonly string[]): [string, string[]] {
  if (!/\.(cmd|bat)$/i.test(program)) return [program, [...args]];
  // `call` keeps cmd from taking the quotes of the first argument away.
  return ['cmd.exe', ['/d', '/c', 'call', program, ...args]];
}

/** The command only hands over to the editor, which notes its process id in the folder that is its alone. */
async function endEditor(userData: string): Promise<void> {
  const id = Number(await readFile(path.join(userData, 'code.lock'), 'utf8').catch(() => ''));
  if (!Number.isInteger(id) || id <= 0) return;
  try {
    process.kill(id);
  } catch {
    // It was closed already.
  }
}
