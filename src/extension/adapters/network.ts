import { workspace } from 'vscode';

/** What VS Code's settings say of the way out. */
export interface EditorProxySettings {
  /** `http.proxy`, or undefined when empty or switched off by `http.proxySupport`. */
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
}

/** Reads `http.proxy`, `http.noProxy` and `http.proxySupport`; the environment is the core's to read. */
export function readProxySettings(): EditorProxySettings {
  const http = workspace.getConfiguration('http');
  const proxy = http.get<string>('proxy', '').trim();
  const switchedOff = http.get<string>('proxySupport', 'override') === 'off';
  return {
    proxy: switchedOff || proxy === '' ? undefined : proxy,
    noProxy: http.get<string[]>('noProxy', []),
  };
}
