// Runs in the extension host as its test runner would: notes each step of its loop that came late and its memory, as
// `time late rss` in milliseconds and MiB.
const { appendFileSync } = require('node:fs');

const STEP = 5;
const EVERY = 500;

exports.run = () => {
  const file = process.env.LOOP_FILE;
  let last = performance.now();
  let noted = 0;
  setInterval(() => {
    const now = performance.now();
    const late = now - last - STEP;
    if (late > STEP || now - noted > EVERY) {
      noted = now;
      const rss = process.memoryUsage.rss() / 1024 / 1024;
      appendFileSync(file, `${Date.now()} ${Math.max(0, late).toFixed(1)} ${rss.toFixed(0)}\n`);
    }
    last = performance.now();
  }, STEP);
  // The editor ends with the run.
  return new Promise(() => {});
};
