/**
 * `ecp verify`: has jobs on every instance of a running topology do what the guarantees of the guide's appendix A are
 * about, side by side, and reports what they saw.
 */
import { randomUUID } from 'node:crypto';
import { connect } from '../../../client/index.ts';
import { EcpError } from '../../base/errors.ts';
import type { Database } from '../../instance/database.ts';
import { clientAddress, runningTopology } from '../target.ts';
import { strike } from './faults.ts';
import type { Finding, Place, Probe, ProbeContext } from './probe.ts';
import { durability } from './probes/durability.ts';
import { groups } from './probes/groups.ts';
import { increments } from './probes/increments.ts';
import { inOrder } from './probes/in-order.ts';
import { sync } from './probes/sync.ts';

const PROBES: readonly Probe[] = [inOrder, groups, increments, sync, durability];

/** How long an operation may take before its job starts over, in milliseconds: longer than any restart. */
const PATIENCE_MS = 20_000;

export interface VerifyOptions {
  readonly data: string;
  /** Instances, by name or host:port; all of the running topology without it. */
  readonly at: readonly string[];
  readonly namespace: string;
  readonly seconds: number;
  /** Of each of the five probes, on every instance. */
  readonly jobs: number;
  readonly global: string;
  readonly faults: boolean;
  /** Others end processes meanwhile, and say nothing of it: a data server may have crashed between any two reads. */
  readonly expectFaults: boolean;
}

export interface Verification {
  readonly places: readonly string[];
  /** Instances that were ended, in order. */
  readonly ended: readonly string[];
  readonly findings: readonly Finding[];
  /** Whether every guarantee was kept, and each was put to the test. */
  readonly isKept: boolean;
}

export async function verify(
  options: VerifyOptions,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<Verification> {
  const places = placesOf(options);
  const context = { ...options, places, run: randomUUID().slice(0, 8) };
  await assertOnePlace(context);
  const time = AbortSignal.timeout(options.seconds * 1000);
  const over = AbortSignal.any([signal, time]);
  const ended: string[] = [];
  let crashes = 0;
  const probing: ProbeContext = {
    places,
    global: options.global,
    run: context.run,
    jobsPerPlace: options.jobs,
    signal: over,
    hasFaults: options.faults || options.expectFaults,
    crashes: () => (options.expectFaults ? crashes++ : crashes),
  };
  const striking = options.faults
    ? strike(
        () => runningTopology(options.data),
        over,
        ({ instance, isDataServer }) => {
          if (isDataServer) crashes++;
          ended.push(instance);
          say(`${instance} is ended`);
        },
      )
    : undefined;
  const findings = (await Promise.all(PROBES.map((probe) => probe.run(probing)))).flat();
  await striking;
  const isKept = findings.every(({ verdict }) => verdict === 'PASS' || verdict === 'ALLOWED');
  // What was found amiss stays to be looked at.
  if (isKept) await cleanUp(context);
  return { places: places.map(({ name }) => name), ended, findings, isKept };
}

function placesOf({ at, data, namespace, faults }: VerifyOptions): Place[] {
  if (faults && at.length > 0)
    throw new EcpError(
      'CONFIGURATION',
      '--faults is for a topology that ecp up runs here, without --at',
    );
  const names = at.length > 0 ? at : runningTopology(data).instances.map(({ name }) => name);
  return names.map((name) => ({
    name,
    open: () => connect(clientAddress({ at: name, data }), { namespace, patienceMs: PATIENCE_MS }),
  }));
}

interface Run {
  readonly places: readonly Place[];
  readonly global: string;
  readonly run: string;
  readonly namespace: string;
}

/** In that namespace the global must lie in one place for all, or they would verify nothing of each other. */
async function assertOnePlace({ places, global, run, namespace }: Run): Promise<void> {
  for (const [i, place] of places.entries()) {
    await inJob(place, async (database) => {
      const node = database.global(global);
      if (i === 0) await node.set([run, 'here'], run);
      await database.sync();
      if ((await node.get([run, 'here'])) === run) return;
      throw new EcpError(
        'CONFIGURATION',
        `^${global} in namespace ${namespace} of ${place.name} is other data than on ${places[0]?.name ?? ''}: give --namespace, --global or --at`,
      );
    });
  }
}

async function cleanUp({ places, global, run }: Run): Promise<void> {
  const [place] = places;
  if (place === undefined) return;
  await inJob(place, async (database) => {
    await database.global(global).kill([run]);
    await database.flush();
  });
}

async function inJob(place: Place, work: (database: Database) => Promise<void>): Promise<void> {
  const database = await place.open();
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** As a person reads it. */
export function formatVerification({ places, ended, findings }: Verification): string {
  const width = Math.max(...findings.map(({ guarantee }) => guarantee.length));
  const lines = findings.map(({ guarantee, verdict, occurrences, allowed, note }) =>
    [
      guarantee.padEnd(width),
      verdict.padEnd('VIOLATION'.length),
      `${occurrences} times${allowed > 0 ? `, ${allowed} of them otherwise, as the guide allows (A.2)` : ''}`,
      note,
    ]
      .filter((part) => part !== '')
      .join('  '),
  );
  const faults = ended.length === 0 ? '' : `; ended meanwhile: ${ended.join(', ')}`;
  return [`on ${places.join(', ')}${faults}`, ...lines].join('\n');
}
