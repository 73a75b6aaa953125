/** Which globals a namespace has: those of all its databases whose nodes its mappings lead to. */
import { compareBytes, utf8 } from '../base/bytes.ts';
import type { DatabaseAccess, ReadSpan } from '../ecp/database-access.ts';
import { encodeKey, globalOf, subtreeEnd } from '../globals/key.ts';
import type { NodeReader } from '../globals/navigation.ts';
import type { Job } from './job.ts';

/** Above every name: their bytes are letters, digits and %. */
const END_OF_NAMES = utf8('~');

/** Names ascending, without the caret. */
export async function* globalsOf(job: Job): AsyncIterableIterator<string> {
  const names = new Set<string>();
  for (const database of job.space.databases()) {
    for await (const name of namesIn(job, database)) {
      // A global counts where the namespace looks for it.
      if (job.space.route(name).pieces.some((piece) => piece.database === database))
        names.add(name);
    }
  }
  yield* [...names].sort((a, b) => compareBytes(utf8(a), utf8(b)));
}

async function* namesIn(job: Job, database: DatabaseAccess): AsyncIterableIterator<string> {
  let from: Uint8Array = utf8('%');
  for (;;) {
    const low = from;
    const span = (): ReadSpan => ({ from: low, to: END_OF_NAMES, reverse: false, limit: 1 });
    const key = await database.read(
      job,
      (reader: NodeReader) => reader.ceiling(low, END_OF_NAMES),
      span,
    );
    if (key === undefined) return;
    const name = globalOf(key);
    yield name;
    from = subtreeEnd(encodeKey(name, []));
  }
}
