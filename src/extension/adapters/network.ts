import { workspace } from 'vscode';
import type { NetworkSettings } from '../../core/powerschool/createClient.ts';

/**
 * What VS Code's settings say of the way out: `http.proxy` with its authorization and exceptions, unless
 * `http.proxySupport` is off, and `http.systemCertificates`. The environment is the core's to read.
 */
export function readNetworkSettings(): NetworkSettings {
  const http = workspace.getConfiguration('http');
  const proxy = http.get<string>('proxy', '').trim();
  const switchedOff = http.get<string>('proxySupport', 'override') === 'off';
  return {
    proxy: {
      proxy: switchedOff || proxy === '' ? undefined : proxy,
      proxyAuthorization: http.get<string | null>('proxyAuthorization', null) ?? undefined,
      noProxy: http.get<string[]>('noProxy', []),
    },
    systemCertificates: http.get<boolean>('systemCertificates', true),
  };
}
