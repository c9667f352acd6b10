// Runs in the extension host as its test runner would: notes when the loop was held up, as `time length` in milliseconds.
const { appendFileSync } = require('node:fs');

const STEP = 5;

exports.run = () => {
  const file = process.env.LOOP_FILE;
  appendFileSync(file, `${Date.now()} 0\n`);
  let last = performance.now();
  setInterval(() => {
    const late = performance.now() - last - STEP;
    if (late > STEP) appendFileSync(file, `${Date.now()} ${late.toFixed(1)}\n`);
    last = performance.now();
  }, STEP);
  // The editor ends with the run.
  return new Promise(() => {});
};
