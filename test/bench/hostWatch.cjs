// Runs in the extension host as its test runner would: notes each step of its loop that came late and its memory, as
// `time late computing rss` in milliseconds and MiB. On a busy machine some of the lateness is the time of others;
// `computing` is what the host's own thread used of it.
const { appendFileSync } = require('node:fs');

const STEP = 5;
const EVERY = 500;

function threadTime() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

exports.run = () => {
  const file = process.env.LOOP_FILE;
  let last = performance.now();
  let used = threadTime();
  let noted = 0;
  setInterval(() => {
    const now = performance.now();
    const late = now - last - STEP;
    if (late > STEP || now - noted > EVERY) {
      noted = now;
      const rss = process.memoryUsage.rss() / 1024 / 1024;
      const computing = threadTime() - used;
      appendFileSync(file, `${Date.now()} ${Math.max(0, late).toFixed(1)} ${computing.toFixed(1)} ${rss.toFixed(0)}\n`);
    }
    last = performance.now();
    used = threadTime();
  }, STEP);
  // The editor ends with the run.
  return new Promise(() => {});
};
