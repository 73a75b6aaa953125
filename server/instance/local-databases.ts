/**
 * The databases of an instance: which are in use, and how they come and go while it runs.
 *
 *           mounted                  not wanted any more              files closed
 *   away ─────────────► in use ─────────────────────────► leaving ──────────────────► away
 *    ▲ └── refused: the reason is kept, files closed ────────▲
 *    └── a configuration that comes meanwhile is looked at when it has left
 *
 * Invariants: from the moment that a database is not wanted nobody reaches it, while its blocks are still being
 * written; a number is given once in the life of an instance, so that a late request finds no other database under
 * it; files stay on disk. What goes wrong with one database keeps none of the others.
 */
import { AssertionError, present } from '../base/assert.ts';
import { bareMessage, EcpError, isEcpError, messageOf } from '../base/errors.ts';
import { BLOCK_SIZE_DEFAULT, DATABASES_MAX } from '../base/limits.ts';
import type { ServedDatabase } from '../ecp/data-server/settings.ts';
import type { KeyRing } from '../ports/cipher.ts';
import type { JournalDisk } from '../ports/journal-disk.ts';
import type { PageStore } from '../ports/page-store.ts';
import type { DatabaseStore } from '../storage/database-store.ts';
import { StorageEngine, type DatabaseConfig, type EnginePorts } from '../storage/engine.ts';
import type { JournalSettings } from '../storage/journal-settings.ts';
import { InstanceEncryption } from './encryption.ts';
import {
  bytesOfBlockSize,
  type Configuration,
  type DatabaseConfiguration,
} from './configuration.ts';

export interface DatabasePorts extends EnginePorts {
  readonly journal: JournalDisk;
  /** Those that the configuration names; the journal's disk has them too. */
  readonly keys?: KeyRing | undefined;
  /** The page store of a local database; TEMP's begins empty at each start (§4.3.4). Throws what the disk says. */
  openStore(name: string, options: { readonly temporary: boolean }): PageStore;
}

export const SYS = 'SYS';
export const TEMP = 'TEMP';
/** Databases that were removed and are remembered, so that other files under their names are noticed. */
const REMOVED_MAX = 4 * DATABASES_MAX;

interface Entry {
  readonly name: string;
  /** What is configured; undefined when the entry was removed. */
  wanted: DatabaseConfiguration | undefined;
  /** In requests and the journal: another one each time it is mounted. */
  number: number;
  /** Its open files. */
  store: DatabaseStore | undefined;
  isLeaving: boolean;
  /** A configuration came while it was leaving. */
  isPending: boolean;
  /** Why it is not as it is wanted. */
  problem: string | undefined;
  /** What its files were when it was last dismounted. */
  last: { readonly uuid: string; readonly position: number } | undefined;
  /** Its entry was away since then: whether its files are there at all is the administrator's business. */
  wasRemoved: boolean;
}

/** One line of the list of databases. */
export interface LocalDatabaseStatus {
  readonly configuration: DatabaseConfiguration | undefined;
  readonly name: string;
  readonly store: DatabaseStore | undefined;
  /** Mounted, Dismounted, or what keeps it from being so. */
  readonly state: string;
}

export class LocalDatabases {
  readonly engine: StorageEngine;
  readonly encryption: InstanceEncryption;
  readonly #ports: DatabasePorts;
  readonly #changed: () => void;
  readonly #entries = new Map<string, Entry>();
  /** At the start: left when that has succeeded. */
  readonly #refused: { readonly entry: Entry; readonly close: () => Promise<void> }[] = [];
  #nextNumber = 0;
  #isStopped = false;

  /** Recovers and opens those that are wanted. `changed` is called when one has left or come later than asked. */
  constructor(configuration: Configuration, ports: DatabasePorts, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
    this.encryption = new InstanceEncryption(ports, () => this.engine.frozen === undefined);
    const { instance, temp } = configuration.encryption;
    const system = [this.#openSystem(SYS, instance), this.#openSystem(TEMP, temp)];
    for (const wanted of configuration.databases) this.#add(wanted);
    const open = [...this.#entries.values()].filter(({ wanted }) => wanted?.state === 'Mounted');
    this.engine = StorageEngine.open(ports, {
      databases: [...system, ...open.flatMap((entry) => this.#openAtStart(entry) ?? [])],
      bufferPoolBytes: configuration.bufferPoolSize - configuration.cacheSize,
      checkpointIntervalMs: configuration.checkpointSeconds * 1000,
      ...journalSettings(configuration.journal),
      encryption: this.encryption.journal(instance),
    });
    for (const { entry, close } of this.#refused.splice(0)) this.#leave(entry, close());
    // What a gap of the journal kept from being done is done behind it.
    this.engine.journal.onGap((_gap, isClosed) => {
      if (!isClosed) return;
      this.#ports.clock.soon(() => {
        if (this.#isStopped) return;
        this.#settleAll();
        this.#changed();
      });
    });
    for (const entry of this.#entries.values()) {
      if (entry.problem !== undefined) continue;
      entry.store = this.engine.databases.find(({ number }) => number === entry.number);
      this.#warnOfBlockSize(entry);
      this.#settle(entry);
    }
  }

  #add(wanted: DatabaseConfiguration): Entry {
    const entry: Entry = {
      name: wanted.name,
      wanted,
      number: this.#nextNumber++,
      store: undefined,
      isLeaving: false,
      isPending: false,
      problem: undefined,
      last: undefined,
      wasRemoved: false,
    };
    this.#entries.set(entry.name, entry);
    return entry;
  }

  #warnOfBlockSize({ name, wanted, store }: Entry): void {
    if (wanted === undefined || store === undefined) return;
    const problem = blockSizeProblem(store, wanted);
    if (problem !== undefined) this.#ports.log.warn(problem, { database: name });
  }

  // ── What there is ────────────────────────────────────────────────────────────────────────────────────

  /** SYS: there for ever, on every instance. */
  get system(): DatabaseStore {
    const system = this.engine.databases.find(({ name }) => name === SYS);
    return present(system, 'database SYS');
  }

  /** Its name for ever is the instance's. */
  get systemUuid(): string {
    return this.system.uuid;
  }

  /** Those that jobs may use. */
  inUse(): readonly DatabaseStore[] {
    return this.engine.databases.filter(({ name }) => this.#entries.get(name)?.isLeaving !== true);
  }

  isReadOnly(name: string): boolean {
    return this.#entries.get(name)?.wanted?.access === 'ReadOnly';
  }

  /** Why a database that is configured here is not in use; undefined where there is none of that name. */
  whyAway(name: string): string | undefined {
    const entry = this.#entries.get(name);
    if (entry?.wanted === undefined) return undefined;
    return `${name} ${entry.problem ?? 'is dismounted'}`;
  }

  /** What app servers may name: every database but TEMP, those that are away without a UUID. */
  catalogue(): readonly ServedDatabase[] {
    const system = this.engine.databases.filter(({ name }) => name === SYS);
    const served = system.map((store): ServedDatabase => {
      const { number, name, uuid, blockSize } = store;
      return { number, name, uuid, blockSize, readOnly: false, resource: `%DB_${SYS}` };
    });
    for (const { name, number, wanted, store, isLeaving } of this.#entries.values()) {
      if (wanted === undefined) continue;
      const isAway = store === undefined || isLeaving;
      served.push({
        number,
        name,
        uuid: isAway ? '' : store.uuid,
        blockSize: store?.blockSize ?? bytesOfBlockSize(wanted.blockSize),
        readOnly: wanted.access === 'ReadOnly',
        resource: wanted.resource,
        away: isAway ? this.whyAway(name) : undefined,
      });
    }
    return served;
  }

  status(): readonly LocalDatabaseStatus[] {
    const system = this.engine.databases.filter(({ name }) => !this.#entries.has(name));
    return [
      ...system.map((store) => ({
        configuration: undefined,
        name: store.name,
        store,
        state: 'Mounted',
      })),
      ...[...this.#entries.values()]
        .filter(({ wanted, isLeaving }) => wanted !== undefined || isLeaving)
        .map((entry) => ({
          configuration: entry.wanted,
          name: entry.name,
          store: entry.store,
          state: stateOf(entry),
        })),
    ];
  }

  // ── Coming and going ─────────────────────────────────────────────────────────────────────────────────

  /** Brings the databases, and the journal that they share, to what is configured now. */
  configure({ databases, journal, encryption }: Configuration): void {
    const { instance, temp } = encryption;
    const sealing = this.encryption.changedJournal(instance);
    this.engine.journal.configure({
      ...journalSettings(journal),
      ...(sealing && { encryption: sealing }),
    });
    this.encryption.useKey(SYS, instance);
    this.encryption.useKey(TEMP, temp);
    for (const entry of this.#entries.values()) {
      entry.wanted = databases.find(({ name }) => name === entry.name);
      entry.wasRemoved ||= entry.wanted === undefined;
    }
    for (const wanted of databases) if (!this.#entries.has(wanted.name)) this.#add(wanted);
    this.#settleAll();
    this.#forgetRemoved();
  }

  /** No database comes any more: the engine is being closed. */
  stop(): void {
    this.#isStopped = true;
    this.encryption.stop();
  }

  #settleAll(): void {
    for (const entry of [...this.#entries.values()]) this.#settle(entry);
  }

  #settle(entry: Entry): void {
    const { name, wanted, store } = entry;
    entry.isPending = entry.isLeaving;
    if (entry.isLeaving || this.#isStopped) return;
    const isWanted = wanted?.state === 'Mounted';
    if (store !== undefined) {
      if (!isWanted) this.#dismount(entry, store);
      else if (this.#isOpen) this.#follow(store, wanted);
    } else if (wanted !== undefined && (isWanted || this.engine.lacksChanges(name))) {
      // Dismounted after a crash: what the journal has of it belongs into its files first.
      this.#mount(entry, wanted);
      if (!isWanted && entry.store !== undefined) this.#dismount(entry, entry.store);
    } else {
      entry.problem = undefined;
    }
  }

  /** Whether the journal takes what comes, goes and is switched: it does not when it is frozen or has a gap. */
  get #isOpen(): boolean {
    return this.engine.frozen === undefined && this.engine.journal.gap === undefined;
  }

  #follow(store: DatabaseStore, wanted: DatabaseConfiguration): void {
    this.encryption.useKey(store.name, wanted.encryptionKey);
    this.engine.setJournaled(store, wanted.journaling === 'Enabled');
    this.engine.setUnjournaledGlobals(store, wanted.unjournaledGlobals);
    store.room.maxBytes = wanted.maxSize;
  }

  #openSystem(name: string, keyName: string | undefined): DatabaseConfig {
    const store = this.#ports.openStore(name, { temporary: name === TEMP });
    try {
      return {
        name,
        number: this.#nextNumber++,
        blockSize: BLOCK_SIZE_DEFAULT,
        isJournaled: name === SYS,
        isTemporary: name === TEMP,
        store: this.encryption.open(name, store, keyName),
      };
    } catch (error) {
      if (!(error instanceof EcpError)) throw error;
      throw new EcpError(error.code, `database ${name}: ${reasonOf(error)}`, { cause: error });
    }
  }

  /** Undefined where its key is not the one that it needs: the others start without it. */
  #openAtStart(entry: Entry): DatabaseConfig | undefined {
    const { name } = entry;
    const raw = this.#ports.openStore(name, { temporary: false });
    try {
      return this.#open(entry, raw);
    } catch (error) {
      if (!isEcpError(error, 'CONFIGURATION') && !isEcpError(error, 'DATABASE')) throw error;
      entry.problem = `cannot be mounted: ${reasonOf(error)}`;
      this.#ports.log.error('a database cannot be mounted', {
        database: name,
        problem: entry.problem,
      });
      this.#refused.push({ entry, close: () => raw.close() });
      return undefined;
    }
  }

  #open({ name, number, wanted }: Entry, raw: PageStore): DatabaseConfig {
    return {
      name,
      number,
      blockSize: bytesOfBlockSize(wanted?.blockSize ?? '8Ki'),
      isJournaled: wanted?.journaling !== 'Disabled',
      unjournaledGlobals: wanted?.unjournaledGlobals ?? [],
      store: this.encryption.open(name, raw, wanted?.encryptionKey),
    };
  }

  #mount(entry: Entry, wanted: DatabaseConfiguration): void {
    const { log } = this.#ports;
    const { name } = entry;
    entry.number = this.#nextNumber++;
    entry.problem = undefined;
    let close = (): Promise<void> => Promise.resolve();
    try {
      const raw = this.#ports.openStore(name, { temporary: false });
      close = () => raw.close();
      const config = this.#open(entry, raw);
      close = () => config.store.close();
      const store = this.engine.prepare(config);
      close = () => store.close();
      checkFiles(entry, wanted, store);
      this.engine.mount(store);
      entry.store = store;
      store.room.maxBytes = wanted.maxSize;
      entry.wasRemoved = false;
      log.info('database mounted', { database: name });
    } catch (error) {
      entry.problem = `cannot be mounted: ${reasonOf(error)}`;
      log.error('a database cannot be mounted', { database: name, problem: entry.problem });
      this.encryption.closed(name);
      this.#leave(entry, close());
    }
  }

  #dismount(entry: Entry, store: DatabaseStore): void {
    const { log } = this.#ports;
    const { name } = entry;
    entry.isLeaving = true;
    entry.problem = undefined;
    this.engine.dismount(store, (error) => {
      if (error !== undefined && error !== null) {
        entry.problem = `cannot be dismounted: ${reasonOf(error)}`;
        log.error('a database cannot be dismounted', { database: name, problem: entry.problem });
        return;
      }
      entry.last = { uuid: store.uuid, position: store.storedPosition };
      entry.store = undefined;
      this.encryption.closed(name);
      log.info('database dismounted', { database: name });
      this.#hasLeft(entry);
    });
  }

  #leave(entry: Entry, closing: Promise<void>): void {
    entry.isLeaving = true;
    const done = (): void => this.#hasLeft(entry);
    closing.then(done, done);
  }

  #hasLeft(entry: Entry): void {
    entry.isLeaving = false;
    if (this.#isStopped) return;
    if (entry.isPending) this.#settle(entry);
    this.#changed();
  }

  #forgetRemoved(): void {
    const removed = [...this.#entries.values()].filter(
      ({ wanted, store, isLeaving }) => wanted === undefined && store === undefined && !isLeaving,
    );
    for (const { name } of removed.slice(0, Math.max(0, removed.length - REMOVED_MAX)))
      this.#entries.delete(name);
  }
}

function journalSettings(journal: Configuration['journal']): Omit<JournalSettings, 'encryption'> {
  return {
    segmentBytes: journal.segmentSize,
    rotationMs: journal.rotationSeconds * 1000,
    keepMs: journal.keepSeconds * 1000,
    keepBytes: journal.keepSize,
    freezeOnError: journal.freezeOnError,
  };
}

function stateOf({ wanted, store, isLeaving, problem }: Entry): string {
  if (problem !== undefined) return problem;
  if (isLeaving) return 'is being dismounted';
  return store !== undefined && wanted?.state === 'Mounted' ? 'Mounted' : 'Dismounted';
}

/** Whether the files that lie there are those of the database that they should be. EcpError DATABASE. */
function checkFiles(entry: Entry, wanted: DatabaseConfiguration, store: DatabaseStore): void {
  const { last, wasRemoved } = entry;
  if (last !== undefined && !store.isStored && !wasRemoved)
    throw new EcpError('DATABASE', 'its files are gone');
  if (!store.isStored) return;
  if (last !== undefined && store.uuid !== last.uuid)
    throw new EcpError('DATABASE', 'its files are of another database');
  if (last !== undefined && store.storedPosition < last.position)
    throw new EcpError('DATABASE', 'its files are older than when it was dismounted');
  const problem = blockSizeProblem(store, wanted);
  if (problem !== undefined) throw new EcpError('DATABASE', problem);
}

function blockSizeProblem(store: DatabaseStore, wanted: DatabaseConfiguration): string | undefined {
  if (store.blockSize === bytesOfBlockSize(wanted.blockSize)) return undefined;
  return `blockSize: cannot be changed to ${wanted.blockSize}: it has ${store.blockSize / 1024}Ki`;
}

/** What a disk or its library says is the reason; a broken invariant of ours is none. */
function reasonOf(error: unknown): string {
  if (error instanceof AssertionError) throw error;
  return bareMessage(messageOf(error));
}
