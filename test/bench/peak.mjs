// Loaded before a measured program: tells its peak memory (KiB) and processor time (µs) at the end, in the file that
// PEAK_FILE names.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.PEAK_FILE, `${maxRSS} ${userCPUTime + systemCPUTime}`);
});
