/** A database that is configured here and not in use: whatever is asked of it is answered with why. */
import { EcpError } from '../base/errors.ts';
import type { DatabaseAccess } from '../ecp/database-access.ts';
import { MISS } from '../globals/navigation.ts';

export class ClosedDatabase implements DatabaseAccess {
  readonly name: string;
  readonly #why: string;

  constructor(name: string, why: string) {
    this.name = name;
    this.#why = why;
  }

  get place(): never {
    return this.read();
  }

  /** The read that follows says why. */
  textAtOnce(): typeof MISS {
    return MISS;
  }

  read(): never {
    throw new EcpError('DATABASE', this.#why);
  }

  change(): never {
    return this.read();
  }

  increment(): never {
    return this.read();
  }

  sequence(): never {
    return this.read();
  }

  merge(): never {
    return this.read();
  }
}
