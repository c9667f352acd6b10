/** One line for the log channel or stderr. Already redacted: whoever writes it adds nothing and hides nothing. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn';
  readonly text: string;
}

export type Log = (line: LogLine) => void;
