/**
 * What a job needs of the process that it runs in: the product's own jobs (server/instance/job.ts) over the databases
 * that a simulated process reaches. Data are addressed by database, names of locks by their global: ^L0 lies at the
 * first data server, ^L1 at the second.
 */
import { EcpError } from '../../../server/base/errors.ts';
import type { DatabaseAccess, DataPlace } from '../../../server/ecp/database-access.ts';
import type { Job, JobHost } from '../../../server/instance/job.ts';
import { Namespace } from '../../../server/instance/namespace.ts';
import type { Clock } from '../../../server/ports/clock.ts';

/** One database as jobs of a process use it. */
export interface Target {
  readonly ds: string;
  readonly database: DatabaseAccess;
  readonly place: DataPlace;
  /** The global that names locks there. */
  readonly locks: string;
}

/** The global of lock names at a data server: of "d1", L1. */
export function lockGlobal(ds: string): string {
  return `L${ds.slice(1)}`;
}

export class SimProcess implements JobHost {
  /** As the history names it. */
  readonly name: string;
  readonly clock: Clock;
  readonly targets: readonly Target[];
  readonly generation = 0;
  /** Jobs say how each of their transactions is kept. */
  readonly commit = 'asynchronous';
  readonly #namespace: Namespace;

  constructor(name: string, clock: Clock, targets: readonly Target[]) {
    this.name = name;
    this.clock = clock;
    this.targets = targets;
    const [first] = targets;
    if (first === undefined) throw new Error('a process reaches a database');
    this.#namespace = new Namespace(
      'SIM',
      { default: first.database, system: first.database },
      targets.map(({ locks, database }) => ({ global: locks, subscripts: undefined, database })),
    );
  }

  namespace(): Namespace {
    return this.#namespace;
  }

  places(): readonly DataPlace[] {
    return this.targets.map(({ place }) => place);
  }

  disconnect(): Promise<void> {
    return Promise.reject(new EcpError('SYNTAX', 'no job of the simulator disconnects'));
  }

  openJob(): Job {
    throw new EcpError('SYNTAX', 'jobs of the simulator are made by their process');
  }

  closed(): void {
    // Nobody counts them.
  }

  committed(): void {
    // Nor these.
  }
}
