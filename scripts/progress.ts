/** One line that tells how far a long job is: rewritten in a terminal, printed every few seconds in a log. */
export interface Progress {
  /** Tells the newest state; it is shown at the next opportunity. */
  update(state: string): void;
  /** Ends the line; with a sentence, that is printed in its place. */
  end(sentence?: string): void;
}

const LOG_INTERVAL = 5000;
const TERMINAL_INTERVAL = 200;

/** Starts a progress line on stderr, so that stdout holds results alone. */
export function startProgress(title: string): Progress {
  const { isTTY: terminal } = process.stderr;
  const started = Date.now();
  let state = '';
  const line = (): string => {
    const seconds = Math.round((Date.now() - started) / 1000);
    return [`  ${title}`, ...(state === '' ? [] : [state]), `${seconds} s`].join(' · ');
  };
  const show = (): void => {
    const width = (process.stderr.columns ?? 80) - 1;
    if (terminal) process.stderr.write(`\r\u001B[2K${line().slice(0, width)}`);
    else process.stderr.write(`${line()}\n`);
  };
  const timer = setInterval(show, terminal ? TERMINAL_INTERVAL : LOG_INTERVAL);
  timer.unref();
  return {
    update: (next) => {
      state = next;
    },
    end: (sentence) => {
      clearInterval(timer);
      if (terminal) process.stderr.write('\r\u001B[2K');
      if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
    },
  };
}
