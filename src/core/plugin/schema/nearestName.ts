import { editDistance } from '../reader/recovery.ts';

/**
 * The candidate that a writer most likely meant: equal but for case and separators (`displaytext`, `Display_Text`
 * for `display-text`), or a few letters off. Undefined when nothing is near.
 */
export function nearestName(written: string, candidates: Iterable<string>): string | undefined {
  const wanted = flatten(written);
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const flat = flatten(candidate);
    const distance = flat === wanted ? 0 : editDistance(wanted, flat);
    if (distance < bestDistance && distance <= allowance(Math.max(wanted.length, flat.length))) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function flatten(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '');
}

/** Letters that may differ: none in very short words, up to a third in long ones. */
function allowance(length: number): number {
  if (length <= 2) return 0;
  if (length <= 4) return 1;
  return Math.floor(length / 3);
}
