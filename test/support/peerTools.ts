import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installOnce } from '../../scripts/editor/installOnce.ts';
import { npmInstall } from '../../scripts/editor/npmInstall.ts';
import { startProgress } from '../../scripts/progress.ts';

/** What somebody would use instead, or beside this. No dependency of the product: installed into the cache. */
const PEERS = { httpyac: '6.16.7', newman: '6.2.2' } as const;

/** Absolute paths of the scripts that start them, for Node. */
export interface PeerTools {
  readonly httpyac: string;
  readonly newman: string;
}

/** The peers, downloaded the first time. Rejects where the registry cannot be reached. */
export async function installPeerTools(): Promise<PeerTools> {
  const folder = await installOnce(`peers-${Object.values(PEERS).join('-')}`, async (place) => {
    const progress = startProgress('httpyac and Newman, which files from here are compared with and run in');
    await writeFile(path.join(place, 'package.json'), '{"name":"peers","private":true}\n');
    const packages = Object.entries(PEERS).map(([peer, version]) => `${peer}@${version}`);
    try {
      await npmInstall(place, packages, progress);
    } finally {
      progress.end();
    }
  });
  const script = (peer: string, file: string): string => path.join(folder, 'node_modules', peer, ...file.split('/'));
  return { httpyac: script('httpyac', 'bin/httpyac.js'), newman: script('newman', 'bin/newman.js') };
}
