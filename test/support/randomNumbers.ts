/** Chooses whole numbers below a limit; the same seed gives the same. */
export type RandomNumbers = (limit: number) => number;

/** A linear congruence: random enough to place cuts. */
export function randomNumbers(seed: number): RandomNumbers {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
