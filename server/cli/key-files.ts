/** What `--key-file` means: keys of encryption at rest, for commands that work on files. */
import { basename } from 'node:path';
import { KeyFiles } from '../adapters/key-files.ts';
import { silentLog } from '../ports/log.ts';

/** EcpError CONFIGURATION where one of them is no key. */
export function readKeyFiles(files: readonly string[] = []): KeyFiles {
  const keys = new KeyFiles(silentLog);
  const named = files.map((file, i) => ({ name: `${i + 1} (${basename(file)})`, file }));
  keys.load(named);
  for (const { name } of named) keys.byName(name);
  return keys;
}
