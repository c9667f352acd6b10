// Runs in the extension host as its test runner would: notes when the loop was held up, as `time length
// computing` in milliseconds: on a busy machine some of the length is the time of others.
const { appendFileSync } = require('node:fs');

const STEP = 5;

exports.run = () => {
  const file = process.env.LOOP_FILE;
  appendFileSync(file, `${Date.now()} 0 0\n`);
  let last = performance.now();
  let used = process.cpuUsage();
  setInterval(() => {
    const late = performance.now() - last - STEP;
    const { user, system } = process.cpuUsage(used);
    if (late > STEP) appendFileSync(file, `${Date.now()} ${late.toFixed(1)} ${((user + system) / 1000).toFixed(1)}\n`);
    last = performance.now();
    used = process.cpuUsage();
  }, STEP);
  // The editor ends with the run.
  return new Promise(() => {});
};
