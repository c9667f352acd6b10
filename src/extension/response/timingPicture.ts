import { l10n } from 'vscode';
import { formatDuration } from '../../core/output/quantity.ts';
import type { Timings } from '../../core/http/transport.ts';

const WIDTH = 20;

/** One line for each phase: its name, its time, and a bar that begins where the phase before ended. */
export function timingPicture(timings: Timings): string[] {
  const phases: [string, number][] = [
    [l10n.t('Name lookup'), timings.dns],
    [l10n.t('Connect'), timings.connect],
    [l10n.t('TLS'), timings.tls],
    [l10n.t('Wait'), timings.wait],
    [l10n.t('Download'), timings.download],
  ];
  const total = phases.reduce((sum, [, time]) => sum + time, 0);
  const names = Math.max(...phases.map(([name]) => name.length));
  const times = Math.max(...phases.map(([, time]) => shortTime(time).length));
  let before = 0;
  return phases.map(([name, time]) => {
    const line = `${name.padEnd(names)}  ${shortTime(time).padStart(times)}  ${bar(before, time, total)}`;
    before += time;
    return line.trimEnd();
  });
}

function bar(before: number, time: number, total: number): string {
  if (time <= 0 || total <= 0) return '';
  const from = Math.min(WIDTH - 1, Math.round((before / total) * WIDTH));
  const to = Math.round(((before + time) / total) * WIDTH);
  // A phase too short for a block still has its place.
  return `${' '.repeat(from)}${to > from ? '█'.repeat(to - from) : '▏'}`;
}

/** Phases of a fast answer differ by parts of a millisecond. */
function shortTime(milliseconds: number): string {
  return milliseconds > 0 && milliseconds < 9.95 ? `${milliseconds.toFixed(1)} ms` : formatDuration(milliseconds);
}
