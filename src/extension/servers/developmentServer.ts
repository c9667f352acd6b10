import { isLoopbackOrigin } from '../../core/http/loopback.ts';
import type { Credentials, Server } from '../../core/powerschool/server.ts';

/** The variable in which `npm start` hands over this start's sandbox. */
export const DEVELOPMENT_VARIABLE = 'POWERSCHOOL_DEV_SERVER';

export interface DevelopmentServer {
  readonly server: Server;
  readonly credentials: Credentials;
}

/**
 * Takes the sandbox of `npm start` out of the environment: read once, only for a loopback address, and
 * deleted so that no child process inherits it. Call it in `ExtensionMode.Development` alone.
 */
export function takeDevelopmentServer(environment: NodeJS.ProcessEnv): DevelopmentServer | undefined {
  const text = environment[DEVELOPMENT_VARIABLE];
  delete environment[DEVELOPMENT_VARIABLE];
  if (!text) return undefined;
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const { name, url, clientId, clientSecret } = value;
    if (typeof url !== 'string' || typeof clientId !== 'string' || typeof clientSecret !== 'string') return undefined;
    const { origin } = new URL(url);
    if (!isLoopbackOrigin(origin)) return undefined;
    const server: Server = {
      id: 'development-sandbox',
      name: typeof name === 'string' ? name : 'Sandbox District',
      origin,
      kind: 'sandbox',
    };
    return { server, credentials: { clientId, clientSecret } };
  } catch {
    return undefined;
  }
}
