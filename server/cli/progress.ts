/** One line on a terminal that is written over and over; nothing where there is no terminal. */

/** Milliseconds between two drawings. */
const REDRAW_MS = 100;

const BAR_LENGTH = 24;

export interface ProgressLine {
  /** `fraction` from 0 to 1; undefined where the end is not known. */
  show(text: string, fraction?: number): void;
  /** Takes the line away. */
  clear(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function progressLine(
  terminal: Terminal,
  nowMs: () => number = () => performance.now(),
): ProgressLine {
  if (terminal.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let drawnAtMs = -Infinity;
  return {
    show(text, fraction) {
      if (nowMs() - drawnAtMs < REDRAW_MS) return;
      drawnAtMs = nowMs();
      const width = (terminal.columns ?? 80) - 1;
      terminal.write(`\r\x1b[K${(bar(fraction) + text).slice(0, width)}`);
    },
    clear() {
      if (drawnAtMs !== -Infinity) terminal.write('\r\x1b[K');
      drawnAtMs = -Infinity;
    },
  };
}

function bar(fraction: number | undefined): string {
  if (fraction === undefined) return '';
  const part = Math.max(0, Math.min(1, fraction));
  const full = Math.round(part * BAR_LENGTH);
  const percent = String(Math.floor(part * 100)).padStart(3);
  return `[${'#'.repeat(full)}${' '.repeat(BAR_LENGTH - full)}] ${percent} %  `;
}
