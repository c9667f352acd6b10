/**
 * Compares releases such as `25.9.0.0` and `25.10`: below 0 when `a` is the older one. Missing parts count 0, text
 * after the numbers does not count.
 */
export function compareReleases(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parts(release: string): number[] {
  return (/^\s*v?(\d+(?:\.\d+)*)/i.exec(release)?.[1] ?? '').split('.').map(Number);
}
