/**
 * Notices that the files of encryption keys changed. A Secret's mount is updated in place, some time after the Secret,
 * and nobody tells the instance: a key that was missing would be missed until the next change of the configuration.
 *
 * Looking is chosen over fs.watch, which loses sight of what is replaced by way of symbolic links.
 */
import { statSync } from 'node:fs';

export const KEY_WATCH_INTERVAL_MS = 5000;

/** Looks every `intervalMs` at the files that there are to look at then, and calls. Returns what ends it. */
export function watchKeyFiles(
  files: () => readonly string[],
  intervalMs: number,
  changed: () => void,
): () => void {
  let last = fingerprint(files());
  const timer = setInterval(() => {
    const now = fingerprint(files());
    if (now === last) return;
    last = now;
    changed();
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Differs when a file came, went or was replaced; one that cannot be seen counts as gone. */
function fingerprint(files: readonly string[]): string {
  return files
    .map((file) => {
      try {
        const { mtimeMs, size, ino } = statSync(file);
        return `${file} ${mtimeMs} ${size} ${ino}`;
      } catch {
        return file;
      }
    })
    .join('\n');
}
