/** The command line was used in a way that cannot be carried out: one sentence, and exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The reader of our output went away (`| head`): nothing is wrong, there is nobody left to write to. */
export class OutputClosed extends Error {
  constructor() {
    super('The output was closed.');
    this.name = 'OutputClosed';
  }
}
