/** What a database has in place of its page store once that is closed: whoever still asks it hears so. */
import { EcpError } from '../base/errors.ts';
import type { PageStore } from '../ports/page-store.ts';

export function closedPageStore(name: string): PageStore {
  const closed = (): never => {
    throw new EcpError('DATABASE', `${name} is closed here`);
  };
  return {
    overheadBytes: 0,
    floor: closed,
    before: closed,
    longValue: closed,
    longValuesAfter: closed,
    header: closed,
    commit: closed,
    snapshot: closed,
    copyTo: closed,
    usage: () => ({ fileBytes: 0, usedBytes: 0 }),
    sizeBytes: () => 0,
    close: () => Promise.resolve(),
  };
}
