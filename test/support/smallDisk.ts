import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Why no small disk can be had here; false where it can. */
export function noSmallDisk(): string | false {
  if (process.platform !== 'linux') return 'a small disk in memory is made on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount a small disk';
  return false;
}

export interface SmallDisk {
  readonly folder: string;
  /** Megabytes that it has from now on. */
  readonly grow: (megabytes: number) => void;
  readonly remove: () => Promise<void>;
}

/** A disk of one megabyte, in memory; in a folder of its own when none is named. */
export async function smallDisk(at?: string): Promise<SmallDisk> {
  const folder = at ?? (await mkdtemp(path.join(os.tmpdir(), 'disk-')));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  assert.equal(status, 0, String(stderr));
  return {
    folder,
    grow: (megabytes) => {
      assert.equal(spawnSync('mount', ['-o', `remount,size=${megabytes}m`, folder]).status, 0);
    },
    remove: async () => {
      spawnSync('umount', [folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
