import { spawn } from 'node:child_process';

/** Opens an address for the person at this machine; without a display or in CI nobody is there. */
export function openDefaultBrowser(address: string): void {
  const command = openCommand();
  if (command === undefined) return;
  const [program, ...args] = command;
  spawn(program, [...args, address], { stdio: 'ignore', detached: true })
    // The printed address has to do.
    .once('error', () => undefined)
    .unref();
}

function openCommand(): [string, ...string[]] | undefined {
  const { env, platform } = process;
  if ((env['CI'] ?? '') !== '') return undefined;
  // Not `start`: its shell would read the & of an address.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  if (platform === 'darwin') return ['open'];
  return (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') === '' ? undefined : ['xdg-open'];
}
