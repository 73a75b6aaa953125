/**
 * Who is connected: handshakes, slots, and the end of sessions (guide §2.1.1, §3.2.2; rules R1, R11, R13).
 *
 * Invariants: one session a name; one session a slot; at most `maxAppServers` sessions in Normal, Trouble,
 * Recovering or Restart; an app server is welcomed only when its session's record is durable, so that no
 * epoch is ever given twice.
 */
import { type EcpError, messageOf } from '../../base/errors.ts';
import { CONNECTIONS_MAX } from '../../base/limits.ts';
import type { Timer } from '../../ports/clock.ts';
import type { Channel } from '../../ports/transport.ts';
import { IncomingConnections, type Verdict } from '../../security/incoming-connections.ts';
import type { StorageEngine } from '../../storage/engine.ts';
import type { Session as Remembered } from '../../storage/session-table.ts';
import { encodeChannelMessage, type Hello, type Refusal } from '../wire/handshake.ts';
import {
  FEATURES,
  PRODUCT_VERSION,
  PROTOCOL_VERSION_HIGHEST,
  PROTOCOL_VERSION_LOWEST,
} from '../wire/versions.ts';
import type { DataServerPorts } from './data-server.ts';
import { ConnectionBlocks } from './connection-blocks.ts';
import { Session, type SessionObserver } from './session.ts';
import type { DataServerSettings } from './settings.ts';

/** A channel that has not said who it is by then is closed. */
const HELLO_WAIT_MS = 10_000;
/** Channels that may be between opening and their handshake's end at once. */
const GREETINGS_MAX = 2 * CONNECTIONS_MAX;
/** Of what a disk says of its failure. */
const CAUSE_LENGTH_MAX = 500;

const SERVICE_OFF: Refusal = {
  reason: 'SERVICE_DISABLED',
  message: 'the ECP service is off',
  retryable: true,
};
const NO_LONGER_ALLOWED: Refusal = {
  reason: 'NOT_ALLOWED',
  message: 'no longer allowed to connect',
  retryable: true,
};

export interface Greeting {
  readonly greeted: boolean;
  hello(hello: Hello, welcomed: (session: Session) => void): void;
  cancel(): void;
}

/** Told of sessions, at once. */
export interface ReceptionListener {
  /** Its stream is gone; the session is held. */
  lost(session: Session): void;
  /** A session is about to be forgotten: what it has open is rolled back first. */
  ending(session: Session): void;
  /** It is over, durably as soon as the journal is. */
  ended(session: Session): void;
  /** Every session of before this start has recovered, or is over (rule R6). */
  allRecovered(): void;
}

export class Reception {
  readonly #engine: StorageEngine;
  readonly #settings: () => DataServerSettings;
  readonly #ports: DataServerPorts;
  readonly #observer: SessionObserver;
  readonly #blocks = new ConnectionBlocks();
  readonly #byName = new Map<string, Session>();
  readonly #bySlot: (Session | undefined)[] = [];
  readonly #listener: ReceptionListener;
  /** Sessions of before this start that have not sent again all that they kept. */
  readonly #remembered = new Set<Session>();
  readonly #refusals;
  /** Calls when everything journaled so far is durable. */
  readonly #whenDurable: (callback: (error: EcpError | undefined) => void) => void;
  #incoming: IncomingConnections;
  #greetings = 0;
  #stopped = false;

  constructor(
    engine: StorageEngine,
    settings: () => DataServerSettings,
    ports: DataServerPorts,
    transition: (session: Session) => void,
    whenDurable: (callback: (error: EcpError | undefined) => void) => void,
    listener: ReceptionListener,
  ) {
    this.#listener = listener;
    this.#whenDurable = whenDurable;
    this.#engine = engine;
    this.#settings = settings;
    this.#ports = ports;
    this.#observer = {
      transition,
      patienceMs: ({ state }) => {
        const { sessionRecoveryMs, troubledMs } = settings();
        return state === 'restart' ? sessionRecoveryMs : troubledMs;
      },
      expired: (session) => this.#expire(session),
    };
    this.#incoming = new IncomingConnections(settings().incoming, ports.resolver);
    this.#refusals = ports.metrics.counter(
      'ecp_connections_refused_total',
      'Incoming ECP connections that were refused',
    );
  }

  sessions(): Iterable<Session> {
    return this.#byName.values();
  }

  inSlot(slot: number): Session | undefined {
    return this.#bySlot[slot];
  }

  /** Takes up the sessions that were open before this start, for the recovery window. */
  restoreSessions(remembered: Iterable<Remembered>): void {
    for (const record of remembered) {
      const session = this.#admit(record);
      session.lastReceived = record.lastApplied;
      this.#remembered.add(session);
      session.transition('remembered');
      session.giveUp.begin();
    }
  }

  ofNumber(number: number): Session | undefined {
    return [...this.#byName.values()].find(({ identity }) => identity.record.number === number);
  }

  /** Whether a session is of before this start, and has not recovered. */
  isRemembered(session: Session): boolean {
    return this.#remembered.has(session);
  }

  /** A session has sent again all that it kept. */
  recovered(session: Session): void {
    session.giveUp.cancel();
    session.transition('recovered');
    this.#forgetRemembered(session);
  }

  #forgetRemembered(session: Session): void {
    if (this.#remembered.delete(session) && this.#remembered.size === 0)
      this.#listener.allRecovered();
  }

  /** A session in a connection block, before its first event. */
  #admit(record: Readonly<Remembered>): Session {
    const { slot, state } = this.#blocks.take(record.name, this.#settings().maxAppServers);
    const session = new Session({ slot, record }, state, this.#ports, this.#observer);
    this.#byName.set(session.name, session);
    this.#bySlot[slot] = session;
    return session;
  }

  /** App servers that left: their connection blocks are idle. */
  get idle(): readonly string[] {
    return this.#blocks.idle;
  }

  awaitHello(channel: Channel): Greeting {
    this.#greetings++;
    let over = false;
    let greeted = false;
    const end = (): void => {
      if (over) return;
      over = true;
      this.#greetings--;
      timer.cancel();
    };
    const timer: Timer = this.#ports.clock.after(HELLO_WAIT_MS, () => {
      end();
      this.refuse(channel, {
        reason: 'PROTOCOL',
        message: 'no handshake came in time',
        retryable: true,
      });
    });
    if (this.#greetings > GREETINGS_MAX) {
      end();
      this.refuse(channel, {
        reason: 'CAPACITY',
        message: 'too many handshakes at once',
        retryable: true,
      });
    }
    return {
      get greeted() {
        return greeted;
      },
      hello: (hello, welcomed) => {
        greeted = true;
        this.#decide(channel.peerAddress, (entry) => {
          if (over) return;
          end();
          const session = this.#receive(channel, hello, entry);
          if (session !== undefined) welcomed(session);
        });
      },
      cancel: end,
    };
  }

  /** By the list as it is when the answer is known: looking up names takes time, and lists change. */
  #decide(address: string, verdict: Verdict): void {
    const list = this.#incoming;
    list.decide(address, (entry) => {
      if (list === this.#incoming) verdict(entry);
      else this.#decide(address, verdict);
    });
  }

  refuse(channel: Channel, refused: Refusal): void {
    this.#refusals.inc();
    this.#ports.log.warn('connection refused', {
      address: channel.peerAddress,
      reason: refused.reason,
    });
    channel.send(encodeChannelMessage({ kind: 'refused', refused }));
    channel.close();
  }

  #receive(channel: Channel, hello: Hello, entry: string | undefined): Session | undefined {
    const refusal = this.#refusalFor(channel, hello, entry);
    if (refusal !== undefined) {
      this.refuse(channel, refusal);
      return undefined;
    }
    const old = this.#byName.get(hello.name);
    if (old !== undefined && isSame(old, hello, this.#settings().serverUuid))
      return this.#resume(old, channel, hello, entry);
    if (old !== undefined)
      this.end(old, {
        reason: 'SUPERSEDED',
        message: 'a newer process has this name',
        retryable: false,
      });
    return this.#open(channel, hello, entry);
  }

  #refusalFor(channel: Channel, hello: Hello, entry: string | undefined): Refusal | undefined {
    const { enabled, maxAppServers, nonResponsiveMs } = this.#settings();
    if (this.#stopped)
      return { reason: 'SHUTTING_DOWN', message: 'the data server is stopping', retryable: true };
    if (this.#engine.frozen !== undefined) return frozenRefusal(this.#engine.frozen);
    if (!enabled) return SERVICE_OFF;
    if (entry === undefined) {
      const message = `${channel.peerAddress} is not in the list of allowed incoming connections`;
      return { reason: 'NOT_ALLOWED', message, retryable: true };
    }
    if (
      hello.versionHighest < PROTOCOL_VERSION_LOWEST ||
      hello.versionLowest > PROTOCOL_VERSION_HIGHEST
    ) {
      const upgradeFirst =
        hello.versionLowest > PROTOCOL_VERSION_HIGHEST ? 'this data server' : 'the app server';
      const message =
        `protocol versions ${hello.versionLowest}–${hello.versionHighest} (app server ${hello.productVersion}) and ` +
        `${PROTOCOL_VERSION_LOWEST}–${PROTOCOL_VERSION_HIGHEST} (data server ${PRODUCT_VERSION}) have none in common: upgrade ${upgradeFirst} first`;
      return { reason: 'VERSION', message, retryable: false };
    }
    const old = this.#byName.get(hello.name);
    if (old !== undefined) {
      const lives =
        old.channel !== undefined && this.#ports.clock.nowMs() - old.lastHeardMs < nonResponsiveMs;
      if (lives && !isSame(old, hello, this.#settings().serverUuid)) {
        const isOther = old.identity.record.incarnation !== hello.incarnation;
        const message = isOther
          ? `another live process is called ${hello.name}`
          : `${hello.name} is connected already: two of its entries reach this data server`;
        return { reason: 'NAME_IN_USE', message, retryable: true };
      }
    } else if (this.#byName.size >= maxAppServers) {
      const message = `the maximum number of application servers (${maxAppServers}) is reached`;
      return { reason: 'CAPACITY', message, retryable: true };
    }
    return this.#refusalOfLoss(hello, old);
  }

  /** Acknowledged as durable, yet not here: going on would hide the loss (rule R15). */
  #refusalOfLoss(hello: Hello, old: Session | undefined): Refusal | undefined {
    const { serverUuid } = this.#settings();
    let message: string;
    if (old !== undefined && isSame(old, hello, serverUuid)) {
      if (hello.durable <= old.lastApplied) return undefined;
      message = `changes up to ${hello.durable} were acknowledged as durable, only ${old.lastApplied} are here`;
    } else {
      // After a restore nobody can tell what is gone of an old session, or of what it has read.
      const isOld = isOurs(hello, serverUuid) && hello.session !== 0;
      if (!isOld || hello.epoch >= this.#engine.lostBelow) return undefined;
      message =
        'this data server was restored to an earlier state: changes that were acknowledged as durable may be gone';
    }
    this.#ports.log.error('acknowledged changes are missing', { appServer: hello.name });
    return { reason: 'DATA_LOST', message, retryable: false };
  }

  #resume(session: Session, channel: Channel, hello: Hello, entry: string | undefined): Session {
    const before = session.channel;
    session.detach();
    before?.close();
    this.#listener.lost(session);
    this.#attach(session, channel, entry);
    session.lastReceived = session.lastApplied;
    session.transition('reclaimed');
    this.#welcome(session, hello, true);
    // What was applied before may have become durable while nobody could be told.
    const { lastApplied } = session;
    this.#whenDurable((error) => {
      if (error === undefined && session.channel === channel)
        session.queue({ kind: 'durable', sequence: lastApplied });
    });
    // The app server flushed its cache; until it has replayed, its session may still expire.
    session.giveUp.begin();
    return session;
  }

  #open(channel: Channel, hello: Hello, entry: string | undefined): Session {
    const session = this.#admit(this.#engine.openSession(hello.name, hello.incarnation));
    this.#attach(session, channel, entry);
    session.transition('connected');
    this.#whenDurable((error) => {
      if (session.channel !== channel) return;
      if (error === undefined) this.#welcome(session, hello, false);
      else this.end(session, frozenRefusal(error));
    });
    return session;
  }

  #attach(session: Session, channel: Channel, entry: string | undefined): void {
    session.attach(channel);
    session.entry = entry ?? '';
    session.address = channel.peerAddress;
  }

  #welcome(session: Session, hello: Hello, resumed: boolean): void {
    session.welcome(
      encodeChannelMessage({
        kind: 'welcome',
        welcome: {
          version: Math.min(hello.versionHighest, PROTOCOL_VERSION_HIGHEST),
          features: FEATURES.filter((feature) => hello.features.includes(feature)),
          serverName: this.#settings().serverName,
          serverUuid: this.#settings().serverUuid,
          session: session.identity.record.number,
          epoch: session.identity.record.epoch,
          resumed,
          lastApplied: session.lastApplied,
          catalogue: this.#settings().catalogue,
          productVersion: PRODUCT_VERSION,
        },
      }),
    );
  }

  /** The channel ended without a word: the session waits for its app server. */
  lost(session: Session, reason: string): void {
    this.#ports.log.warn('app server lost', { appServer: session.name, reason });
    session.detach();
    this.#listener.lost(session);
    // Trouble that began with silence goes on, and its time with it.
    if (session.transition('lost')) session.giveUp.begin();
  }

  /** Nothing was heard for a while on a living channel: the session is held, and goes on with the first traffic. */
  silent(session: Session): void {
    if (session.transition('silence')) session.giveUp.begin();
  }

  /** Something was heard on a session's channel. */
  heard(session: Session): void {
    session.lastHeardMs = this.#ports.clock.nowMs();
    if (session.transition('traffic')) session.giveUp.cancel();
  }

  /** The app server leaves in order: its resources are released at once. */
  left(session: Session): void {
    const channel = session.channel;
    session.detach();
    channel?.close();
    session.transition('left');
    this.#release(session);
  }

  /** Gives a session up, with a last word to its app server. */
  end(session: Session, refused: Refusal): void {
    session.dismiss({ refused });
    session.transition('ended');
    this.#release(session);
  }

  #expire(session: Session): void {
    session.dismiss({
      refused: {
        reason: 'PROTOCOL',
        message: 'the session was not recovered in time',
        retryable: true,
      },
    });
    session.transition('expired');
    this.#release(session);
  }

  /** A session's end is journaled, so that no restart brings it back (rule R1). */
  #release(session: Session): void {
    session.giveUp.cancel();
    const { slot, record } = session.identity;
    this.#byName.delete(record.name);
    this.#bySlot[slot] = undefined;
    this.#blocks.release(slot, record.name);
    if (this.#engine.frozen === undefined) {
      this.#listener.ending(session);
      this.#engine.closeSession(record.number);
    }
    this.#listener.ended(session);
    this.#forgetRemembered(session);
  }

  /**
   * Limits, lists or timers changed: timers run on with their new length; whoever is no longer allowed is ended, in Trouble too. More than maxAppServers allows
   * stay, if there were more.
   */
  settingsChanged(): void {
    const { enabled, incoming } = this.#settings();
    this.#incoming = new IncomingConnections(incoming, this.#ports.resolver);
    for (const session of [...this.#byName.values()]) {
      session.giveUp.renew();
      if (!enabled) this.end(session, SERVICE_OFF);
      // Where one connects from that is remembered from before this start is known when it does.
      else if (session.address !== '') this.#judgeAnew(session);
    }
  }

  #judgeAnew(session: Session): void {
    const { address } = session;
    this.#decide(address, (entry) => {
      const isHere = this.#byName.get(session.name) === session && session.address === address;
      if (!isHere) return;
      if (entry === undefined) this.end(session, NO_LONGER_ALLOWED);
      else session.entry = entry;
    });
  }

  /** The storage is frozen: every session hears it and is over, not merely silent. */
  endAllFrozen(error: EcpError): void {
    for (const session of [...this.#byName.values()]) this.end(session, frozenRefusal(error));
  }

  stop(): void {
    this.#stopped = true;
    for (const session of this.#byName.values()) {
      session.giveUp.cancel();
      session.dismiss({ goodbye: { reason: 'the data server is stopping', sessionKept: true } });
    }
  }
}

function frozenRefusal(error: EcpError): Refusal {
  const cause = error.cause === undefined ? '' : `: ${messageOf(error.cause)}`;
  return {
    reason: 'FROZEN',
    message: `the data server is frozen until it is started again${cause.slice(0, CAUSE_LENGTH_MAX)}`,
    retryable: true,
  };
}

/** The handshake names this very session, of this very instance: its numbers may be those of another instance's. */
function isSame(session: Session, hello: Hello, serverUuid: string): boolean {
  const { number, epoch, incarnation } = session.identity.record;
  const { session: known, epoch: knownEpoch, incarnation: its } = hello;
  const isItsSession = known === number && knownEpoch === epoch && its === incarnation;
  return isItsSession && isOurs(hello, serverUuid);
}

function isOurs(hello: Hello, serverUuid: string): boolean {
  return hello.serverUuid === '' || hello.serverUuid === serverUuid;
}
