// Loaded before a measured program: tells its peak memory (KiB) at the end, in the file that PEAK_FILE names.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS));
});
