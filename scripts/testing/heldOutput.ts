/** Lines of work that goes on beside other work: kept until they are wanted, then shown as they come. */
export class HeldOutput {
  readonly #print: (line: string) => void;
  #held: string[] | undefined = [];

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  print(line: string): void {
    if (this.#held) this.#held.push(line);
    else this.#print(line);
  }

  /** Shows what was held; what comes from now on is shown at once. */
  show(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const line of held) this.#print(line);
  }
}
