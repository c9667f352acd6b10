import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { checkout } from '../../scripts/checkout.ts';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}

test('the lock file names the binaries of every platform, which npm ci demands even where they are not used', async () => {
  const text = await readFile(path.join(checkout, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
  const locked = new Set(Object.keys(packages).map((place) => place.replace(/^.*node_modules\//, '')));
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    .filter((name) => !locked.has(name));
  assert.deepEqual(missing, []);
});
