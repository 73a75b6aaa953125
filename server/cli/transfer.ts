/** `ecp import` and `ecp export`: files in and out of the instance that `--at` names, with progress on a terminal. */
import type { GlobalFileFormat } from '../globals/global-file.ts';
import { exportFile, exportStream } from './export.ts';
import * as zwrImport from './import.ts';
import { progressLine } from './progress.ts';
import { withDatabase, type SessionOptions } from './session.ts';

export async function importFiles(
  files: readonly string[],
  options: SessionOptions,
): Promise<void> {
  const progress = progressLine(process.stderr);
  try {
    const { nodes, seconds } = await withDatabase(options, (database, signal) =>
      zwrImport.importFiles(database, files, {
        signal,
        onProgress: ({ phase, name, nodes: done, bytes, totalBytes }) =>
          progress.show(
            `${phase === 'check' ? 'checking' : 'importing'} ${name}: ${done} nodes`,
            totalBytes === undefined ? undefined : bytes / totalBytes,
          ),
      }),
    );
    progress.clear();
    process.stderr.write(`imported ${nodes} nodes in ${seconds.toFixed(2)} s, durable\n`);
  } finally {
    progress.clear();
  }
}

export async function exportGlobals(
  globals: readonly string[],
  options: SessionOptions & { readonly output: string; readonly format: GlobalFileFormat },
): Promise<void> {
  const { output, format } = options;
  const progress = progressLine(process.stderr);
  const onProgress = (nodes: number): void => progress.show(`exporting: ${nodes} nodes`);
  try {
    const { nodes, seconds } = await withDatabase(options, (database, signal) =>
      output === '-'
        ? exportStream(database, globals, process.stdout, { signal, onProgress, format })
        : exportFile(database, globals, output, { signal, onProgress, format }),
    );
    progress.clear();
    process.stderr.write(`exported ${nodes} nodes in ${seconds.toFixed(2)} s\n`);
  } finally {
    progress.clear();
  }
}
