/**
 * The data-server role of an instance: takes connections of app servers, applies their requests to the
 * storage engine, and keeps their caches coherent (guide §1.3.2).
 *
 * Everything that matters is ordered: requests of a session are applied in the order of their numbers, and
 * replies and invalidations leave in one order per session. A change queues an invalidation of its block's
 * present range to every *other* holder before the next request is looked at.
 */
import { present } from '../../base/assert.ts';
import { EcpError, isEcpError, messageOf } from '../../base/errors.ts';
import { OUTGOING_QUEUE_BYTES_MAX, WINDOW_BYTES_MAX } from '../../base/limits.ts';
import { type Clock, nextTurn } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Metrics, StateSet } from '../../ports/metrics.ts';
import type { NameResolver } from '../../ports/name-resolver.ts';
import type { Random } from '../../ports/random.ts';
import type { Channel, ChannelEvents } from '../../ports/transport.ts';
import type { Block } from '../../storage/block.ts';
import type { DatabaseStore } from '../../storage/database-store.ts';
import { checkChange, type Change } from '../../storage/change.ts';
import { LOCAL, type Applied, type StorageEngine } from '../../storage/engine.ts';
import type { UndoableChange } from '../../storage/transaction-records.ts';
import type { OpenTransaction } from '../../storage/transaction-table.ts';
import { decodeRequestFrame, UNNUMBERED, type RequestFrame } from '../wire/frame.ts';
import { decodeChannelMessage } from '../wire/handshake.ts';
import { Deadline } from '../deadline.ts';
import { Directory } from './directory.ts';
import { Inbox } from './inbox.ts';
import { Merge, type MergeRequest } from './merge.ts';
import type { RequestContext, UnfinishedRequest } from './request-context.ts';
import { handleRequest } from './requests.ts';
import { LockService } from './lock-service.ts';
import { Reception } from './reception.ts';
import { SessionLocks } from './session-locks.ts';
import { SessionTransactions } from './session-transactions.ts';
import type { Session } from './session.ts';
import { DATA_SIDE_CODES, DATA_SIDE_NAMES, type DataSideState } from './session-state.ts';
import { type DataServerSettings, lockLimits, type ServedDatabase } from './settings.ts';
import { handleUnnumbered, type UnnumberedContext } from './unnumbered-requests.ts';

type DurableCallback = (error: EcpError | undefined) => void;

export interface DataServerPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly random: Random;
  readonly resolver: NameResolver;
}

/** One line of the list of application servers (§3.1.2). */
export interface AppServerConnection {
  readonly name: string;
  readonly state: DataSideState;
  /** The state as the guide names it, and its number. */
  readonly stateName: string;
  readonly stateCode: number;
  readonly address: string;
  readonly entry: string;
  readonly sinceMs: number;
  readonly epoch: number;
  readonly queuedBytes: number;
}

/** Half a window of changes calls for a sync (rule R10). */
const SYNC_BYTES = WINDOW_BYTES_MAX / 2;

export class DataServer {
  readonly #engine: StorageEngine;
  readonly #ports: DataServerPorts;
  readonly #context: RequestContext;
  readonly #unnumbered: UnnumberedContext;
  /** Of the databases that are open, by number. */
  readonly #directories = new Map<number, Directory>();
  readonly #reception: Reception;
  /** Of app servers' jobs and of this instance's own. */
  readonly locks: LockService;
  readonly #sessionLocks: SessionLocks;
  /** Of app servers' jobs. */
  readonly #sessionTransactions: SessionTransactions;
  readonly #stateSets = new Map<string, StateSet>();
  readonly #invalidations;
  #settings: DataServerSettings;
  #writer = -1;
  /** Blocks that the frame being handled has asked for. */
  readonly #sentThisFrame = new Set<Block>();
  readonly #inbox = new Inbox();
  /** Requests that wait for the disk between two of their turns: at most one a session. */
  readonly #unfinished: (() => void)[] = [];
  readonly #durabilityWaiters: { readonly position: number; readonly callback: DurableCallback }[] =
    [];
  readonly #beat: Deadline;
  #positionAtSync = 0;
  /** The frame being handled has somebody who waits for durability: one sync serves all of it. */
  #hurryWanted = false;
  #stopped = false;

  constructor(engine: StorageEngine, settings: DataServerSettings, ports: DataServerPorts) {
    this.#engine = engine;
    this.#settings = settings;
    this.#ports = ports;
    const beatMs = (): number => this.#settings.heartbeatMs;
    this.#beat = new Deadline(ports.clock, beatMs, () => this.#heartbeat());
    const { metrics } = ports;
    this.#invalidations = metrics.counter(
      'ecp_invalidations_sent_total',
      'Block ranges that app servers were told to drop',
    );
    const isFirst = engine.sessions.size === 0;
    this.locks = new LockService(lockLimits(settings), engine, ports, isFirst);
    const database = (number: number): DatabaseStore => engine.database(this.#entry(number).number);
    this.#sessionLocks = new SessionLocks({ engine, service: this.locks, database });
    this.#sessionTransactions = new SessionTransactions({
      engine,
      log: ports.log,
      restoring: (step) => this.restoring(step),
    });
    this.#context = {
      engine,
      locks: this.#sessionLocks,
      transactions: this.#sessionTransactions,
      checkWritable: (database) => this.#checkWritable(database),
      database,
      sentThisFrame: (block) => this.#sentThisFrame.size === this.#sentThisFrame.add(block).size,
      directory: (database) => this.#directory(database),
      writing: (slot, apply) => this.#writing(slot, apply),
      hurry: () => (this.#hurryWanted = true),
      counters: {
        updates: metrics.counter('ecp_updates_total', 'Changes applied for app servers'),
        blocksSent: metrics.counter('ecp_blocks_sent_total', 'Blocks sent to app servers'),
      },
    };
    this.#unnumbered = {
      locks: this.#sessionLocks,
      transactions: this.#sessionTransactions,
      log: ports.log,
      isRemembered: (session) => this.#reception.isRemembered(session),
      hurry: () => (this.#hurryWanted = true),
    };
    this.#reception = new Reception(
      engine,
      () => this.#settings,
      ports,
      (session) => this.#onTransition(session),
      (done) => this.whenDurable(done),
      {
        lost: (session) => {
          this.#sessionLocks.lost(session);
          this.#sessionTransactions.lost(session);
        },
        ending: (session) => this.#sessionTransactions.ended(session),
        ended: (session) => this.#sessionEnded(session),
        allRecovered: () => this.locks.open(),
      },
    );
    this.#followDatabases();
    engine.onDurable((position) => this.#onDurable(position));
    engine.onFrozen((error) => {
      for (const waiter of this.#durabilityWaiters.splice(0)) waiter.callback(error);
      // Not inside the change or sync that froze: it is still at work on its session.
      ports.clock.soon(() => this.#reception.endAllFrozen(error));
    });
    // Not inside the disk's callback: what a frame does is no part of a sync.
    engine.onRelief(() => ports.clock.soon(() => this.#takeInbox()));
    this.#reception.restoreSessions(engine.sessions.values());
    // What recovery read from the disk may be in the machine's memory only: make it durable before it counts.
    engine.requestSync();
    this.#heartbeat();
  }

  get settings(): DataServerSettings {
    return this.#settings;
  }

  /**
   * Changes limits, lists, timers and databases of the running server. Connections that are no longer allowed are
   * ended; the others hear of the databases, and drop what they have of those that are gone (rule R15).
   */
  configure(settings: DataServerSettings): void {
    const before = JSON.stringify(this.#settings.catalogue);
    this.#settings = settings;
    this.#beat.renew();
    this.locks.table.configure(lockLimits(settings));
    this.#followDatabases();
    this.#reception.settingsChanged();
    if (JSON.stringify(settings.catalogue) === before) return;
    for (const session of this.#reception.sessions()) {
      session.queue({ kind: 'catalogue', entries: settings.catalogue });
    }
  }

  /** Watches the blocks of databases that came, and forgets who held blocks of those that went. */
  #followDatabases(): void {
    const open = new Set(this.#engine.databases.map(({ number }) => number));
    for (const number of this.#directories.keys())
      if (!open.has(number)) this.#directories.delete(number);
    for (const database of this.#engine.databases) {
      if (this.#directories.has(database.number)) continue;
      const directory = new Directory();
      this.#directories.set(database.number, directory);
      database.observe({
        changed: ({ number }, block) => this.#invalidateHolders(number, block),
        split: (_, left, right) => directory.split(left.low, right.low),
        merged: (_, into, from, to) => directory.merge(into.low, from, to),
      });
    }
  }

  /** A new incoming channel; returns the receiver of its events. */
  accept(channel: Channel): ChannelEvents {
    let session: Session | undefined;
    const reception = this.#reception;
    const fail = (message: string): void => {
      if (session === undefined)
        reception.refuse(channel, { reason: 'PROTOCOL', message, retryable: false });
      else if (session.channel === channel) this.#offend(session, message);
    };
    const greeting = reception.awaitHello(channel);
    return {
      message: (bytes) => {
        try {
          const message = decodeChannelMessage(bytes);
          if (message.kind === 'hello' && session === undefined && !greeting.greeted) {
            greeting.hello(message.hello, (welcomed) => (session = welcomed));
          } else if (message.kind === 'frame' && session?.channel === channel) {
            this.#receive(session, channel, message.frame);
          } else if (message.kind === 'goodbye' && session?.channel === channel) {
            reception.left(session);
          } else if (session?.channel === channel || session === undefined) {
            fail(`a message of kind ${message.kind} out of turn`);
          }
        } catch (error) {
          fail(this.#badMessage(channel, error));
        }
      },
      drained: () => {
        if (session?.channel === channel) session.drained();
      },
      closed: (reason) => {
        greeting.cancel();
        this.#inbox.forget(channel);
        if (session?.channel === channel) reception.lost(session, reason);
      },
    };
  }

  /** Takes a frame, or lets it wait while the disk is behind: its app server's window fills, and it stops (rule R10). */
  #receive(session: Session, channel: Channel, frame: Uint8Array): void {
    this.#reception.heard(session);
    const mustWait = session.isBusy || this.#inbox.has(channel) || this.#engine.isOverloaded;
    if (!mustWait) this.#handle(session, channel, frame);
    else if (!this.#inbox.put({ session, channel, frame }))
      this.#offend(session, 'more requests sent than the request window allows');
  }

  #takeInbox(): void {
    for (const turn of this.#unfinished.splice(0)) this.#ports.clock.after(0, turn);
    while (!this.#engine.isOverloaded) {
      const waiting = this.#inbox.take(({ isBusy }) => !isBusy);
      if (waiting === undefined) return;
      const { session, channel, frame } = waiting;
      if (session.channel === channel) this.#handle(session, channel, frame);
    }
  }

  /** Handles a frame; an offence in it ends its own session and nothing else. */
  #handle(session: Session, channel: Channel, frame: Uint8Array): void {
    this.#guard(session, channel, () => this.#onFrame(session, decodeRequestFrame(frame)));
  }

  #guard(session: Session, channel: Channel, work: () => void): void {
    try {
      work();
    } catch (error) {
      const message = this.#badMessage(channel, error);
      if (session.channel === channel) this.#offend(session, message);
    }
  }

  /** What is wrong with a message, logged; other errors than EcpError are thrown on. */
  #badMessage(channel: Channel, error: unknown): string {
    if (!isEcpError(error)) throw error;
    this.#ports.log.warn('bad message from an app server', {
      address: channel.peerAddress,
      code: error.code,
    });
    return messageOf(error);
  }

  #onFrame(session: Session, frame: RequestFrame): void {
    // Nothing is answered any more: the session is being ended, which leaves a change's outcome open.
    if (this.#engine.frozen !== undefined) return;
    this.#engine.confirm(session.identity.record.number, frame.confirmed);
    if (!this.#isInOrder(session, frame)) return;
    this.#onRequests(session, frame, 0, frame.firstSequence);
  }

  /** The requests of a frame from the `at`-th on, whose number is the next one. */
  #onRequests(session: Session, frame: RequestFrame, at: number, next: number): void {
    this.#sentThisFrame.clear();
    let sequence = next;
    for (const [i, request] of frame.requests.entries()) {
      if (i < at) continue;
      let unfinished: UnfinishedRequest | undefined;
      if (UNNUMBERED.has(request.kind)) {
        const problem = handleUnnumbered(this.#unnumbered, session, request);
        if (problem !== undefined) this.#offend(session, problem);
      } else {
        unfinished = handleRequest(this.#context, session, sequence, request);
        session.lastReceived = Math.max(session.lastReceived, sequence);
        sequence++;
      }
      if (session.outgoing.bytes > OUTGOING_QUEUE_BYTES_MAX)
        this.#offend(session, 'more replies asked for than the request window allows');
      // The peer may have been ended meanwhile; nothing more of it is applied.
      if (session.channel === undefined) return;
      if (unfinished !== undefined) {
        const goOn = (): void => this.#onRequests(session, frame, i + 1, sequence);
        this.#finish(session, session.channel, unfinished, goOn);
        this.#endTurn(session);
        return;
      }
    }
    if (session.state === 'recovering' && !frame.replay) this.#reception.recovered(session);
    this.#endTurn(session);
  }

  /** What a session's requests of this turn have brought about for those who wait for durability. */
  #endTurn(session: Session): void {
    if (this.#hurryWanted) this.hurry();
    // A checkpoint may have synced in the midst of it.
    session.becomeDurable(this.#engine.durablePosition);
    this.#syncInTime();
  }

  /**
   * Goes on with a request in turns of its own, while everybody else is served; then with what came after it on the same
   * channel. Of a channel that is gone nothing is finished: the replay does it again.
   */
  #finish(
    session: Session,
    channel: Channel,
    unfinished: UnfinishedRequest,
    goOn: () => void,
  ): void {
    session.isBusy = true;
    const turn = (): void => {
      if (session.channel !== channel || this.#engine.frozen !== undefined) return;
      if (this.#engine.isOverloaded) {
        this.#unfinished.push(turn);
        return;
      }
      this.#guard(session, channel, () => {
        const isDone = unfinished.advance();
        this.#syncInTime();
        if (!isDone) {
          this.#ports.clock.after(0, turn);
          return;
        }
        session.isBusy = false;
        goOn();
      });
      if (!session.isBusy) this.#takeInbox();
    };
    this.#ports.clock.after(0, turn);
  }

  /**
   * Numbers ascend without gap. A replay may skip what was answered before, and so may the first frame after
   * it: reads that were answered leave no trace here. Ends the session and returns false where that is broken.
   */
  #isInOrder(session: Session, frame: RequestFrame): boolean {
    const due = session.lastReceived + 1;
    if (session.state === 'recovering') {
      const lowest = frame.replay ? 1 : due;
      if (frame.firstSequence >= lowest) {
        if (!frame.replay) session.lastReceived = frame.firstSequence - 1;
        return true;
      }
    } else if (!frame.replay) {
      const isNumbered = frame.requests.some((request) => !UNNUMBERED.has(request.kind));
      if (!isNumbered || frame.firstSequence === due) return true;
    }
    this.#offend(session, `request ${frame.firstSequence} came where ${due} was due`);
    return false;
  }

  /** The peer broke the protocol: its session ends, nobody else's. */
  #offend(session: Session, message: string): void {
    this.#reception.end(session, { reason: 'PROTOCOL', message, retryable: true });
  }

  /** Its blocks are nobody's, and its locks go to others. */
  #sessionEnded(session: Session): void {
    for (const directory of this.#directories.values()) directory.forget(session.identity.slot);
    this.#sessionLocks.ended(session);
  }

  /** Takes locks away (LockService.takeAway), and tells the app server. */
  takeLocksAway(client: string, job: number | undefined): readonly number[] {
    const jobs = this.locks.takeAway(client, job);
    for (const session of this.#reception.sessions())
      if (session.name === client) this.#sessionLocks.takenAway(session, jobs);
    return jobs;
  }

  /** A change by a job of this instance itself; every app server that holds the block is told. */
  applyLocal(change: Change, isInTransaction = false): Applied {
    const applied = this.#writing(-1, () => this.#engine.apply(change, LOCAL, isInTransaction));
    this.#syncInTime();
    return applied;
  }

  /**
   * MERGE by a job of this instance; a promise where it takes more than one turn. `check` throws where it must not go
   * on.
   */
  mergeLocal(request: MergeRequest, check: () => void): Promise<void> | undefined {
    const merge = new Merge(this.#engine, request);
    const advance = (): boolean => {
      check();
      return merge.advance((change) => void this.applyLocal(change));
    };
    return advance() ? undefined : this.#inTurns(advance);
  }

  async #inTurns(advance: () => boolean): Promise<void> {
    do {
      await this.#engine.whenRelieved();
      await nextTurn(this.#ports.clock);
    } while (!advance());
  }

  /** A change in a transaction: what is left of a large KILL is returned, to be made next. */
  applyInTransaction(
    transaction: OpenTransaction,
    change: UndoableChange,
  ): UndoableChange | undefined {
    checkChange(change);
    const { transactions } = this.#engine;
    const { rest } = this.#writing(-1, () => transactions.apply(transaction, change, LOCAL, LOCAL));
    this.#syncInTime();
    return rest;
  }

  /**
   * Rolls an app server's open transaction back at once; its job hears <NETWORK> until it rolls back itself (A.1.7). False
   * if there is none of that number.
   */
  failTransaction({ number, session, job }: OpenTransaction, why: string): boolean {
    const owner = this.#reception.ofNumber(session);
    if (owner === undefined) return false;
    this.#sessionTransactions.fail(owner, job, why);
    return !this.#engine.transactions.open.has(number);
  }

  /** Runs a step that restores nodes: every app server that holds one is told, its originator too (rule R4). */
  restoring<T>(step: () => T): T {
    const result = this.#writing(-1, step);
    this.#syncInTime();
    return result;
  }

  /** Syncs the journal now: somebody waits for durability. */
  hurry(): void {
    this.#hurryWanted = false;
    this.#positionAtSync = this.#engine.position;
    this.#engine.requestSync();
  }

  /** Calls when everything journaled so far is durable; with <FROZEN> when it never will be. */
  whenDurable(callback: DurableCallback): void {
    const { position, durablePosition } = this.#engine;
    const { frozen } = this.#engine;
    if (frozen !== undefined) return callback(frozen);
    if (durablePosition >= position) return callback(undefined);
    this.#durabilityWaiters.push({ position, callback });
    this.hurry();
  }

  #onDurable(position: number): void {
    for (const session of this.#reception.sessions()) session.becomeDurable(position);
    this.locks.durable(position);
    let count = 0;
    while (
      count < this.#durabilityWaiters.length &&
      (this.#durabilityWaiters[count]?.position ?? 0) <= position
    )
      count++;
    for (const waiter of this.#durabilityWaiters.splice(0, count)) waiter.callback(undefined);
  }

  /** The journal syncs by itself soon; half a window of changes does not wait for that (rule R10). */
  #syncInTime(): void {
    if (this.#engine.position - this.#positionAtSync > SYNC_BYTES) this.hurry();
  }

  /** What is not in the catalogue (TEMP) does not exist for app servers. */
  #entry(database: number): ServedDatabase {
    const entry = this.#settings.catalogue.find((candidate) => candidate.number === database);
    if (entry === undefined)
      throw new EcpError('DATABASE', `no database ${database} for app servers here`);
    if (entry.away !== undefined) throw new EcpError('DATABASE', entry.away);
    return entry;
  }

  #checkWritable(database: number): void {
    const entry = this.#entry(database);
    if (entry.readOnly) throw new EcpError('PROTECT', `${entry.name} is read-only`);
  }

  #writing<T>(slot: number, apply: () => T): T {
    const before = this.#writer;
    this.#writer = slot;
    try {
      return apply();
    } finally {
      this.#writer = before;
    }
  }

  #directory(database: number): Directory {
    return present(this.#directories.get(database), 'a directory of every open database');
  }

  #invalidateHolders(database: number, block: Block): void {
    const directory = this.#directories.get(database);
    directory?.invalidateOthers(block.low, this.#writer, (slot) => {
      this.#invalidations.inc();
      this.#reception
        .inSlot(slot)
        ?.queue({ kind: 'invalidate', database, low: block.low, high: block.high });
    });
  }

  #heartbeat(): void {
    const now = this.#ports.clock.nowMs();
    for (const session of this.#reception.sessions()) {
      if (session.channel === undefined) continue;
      session.queue({ kind: 'heartbeat' });
      if (now - session.lastHeardMs > this.#settings.nonResponsiveMs)
        this.#reception.silent(session);
    }
    this.#beat.begin();
  }

  #onTransition(session: Session): void {
    const peer = session.name;
    let stateSet = this.#stateSets.get(peer);
    if (stateSet === undefined) {
      stateSet = this.#ports.metrics.stateSet(
        'ecp_connection_state',
        'State of each ECP connection, 1 for the present one',
        [...new Set(Object.values(DATA_SIDE_NAMES))],
        { role: 'data-server', peer },
      );
      this.#stateSets.set(peer, stateSet);
    }
    stateSet.set(DATA_SIDE_NAMES[session.state]);
    if (DATA_SIDE_CODES[session.state] === DATA_SIDE_CODES.idle) {
      stateSet.remove();
      this.#stateSets.delete(peer);
    }
  }

  /** The list of §3.1.2. */
  connections(): readonly AppServerConnection[] {
    return [...this.#reception.sessions()].map((session) => ({
      name: session.name,
      state: session.state,
      stateName: DATA_SIDE_NAMES[session.state],
      stateCode: DATA_SIDE_CODES[session.state],
      address: session.address,
      entry: session.entry,
      sinceMs: session.sinceMs,
      epoch: session.identity.record.epoch,
      queuedBytes: session.outgoing.bytes,
    }));
  }

  /** Ends all channels in order; sessions are kept to be resumed after the restart (§3.2.2). */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#beat.cancel();
    this.#reception.stop();
  }
}
