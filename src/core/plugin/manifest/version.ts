/** Compares versions number by number between the dots; negative when `a` is lower. Other characters count as 0. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(part);
  const right = b.split('.').map(part);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function part(text: string): number {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? 0 : value;
}
