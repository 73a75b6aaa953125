/**
 * One connection of an app server to a data server: its state (connection-state.ts), dialling, the handshake,
 * the stream of frames, and what happens when any of it fails (guide §3.2.1, §4.1).
 *
 * Invariants: at most one channel (§4.3.5); requests are answered in the order of their numbers; a message is
 * handled to its end, waiters served included, before the next is taken (rule R7); a change is kept until it is
 * durable; nothing of a session that was given up enters the next one (rule R5).
 */
import { EcpError, isEcpError } from '../../base/errors.ts';
import type { Timer } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Channel } from '../../ports/transport.ts';
import { ReplyFrameReader, type Request } from '../wire/frame.ts';
import {
  decodeChannelMessage,
  encodeChannelMessage,
  type CatalogueEntry,
  type Goodbye,
  type Refusal,
  type Welcome,
} from '../wire/handshake.ts';
import { Accepted } from './accepted.ts';
import { ConnectionDeadlines } from './connection-deadlines.ts';
import type { AppSideEvent, AppSideState } from './connection-state.ts';
import {
  HANDSHAKE_WAIT_MS,
  helloOf,
  SHORT_LIVES_MAX,
  SILENCE_LIMITS,
  type AppServerIdentity,
  type CoherenceListener,
  type ConnectionPorts,
  type SessionKey,
} from './connection-context.ts';
import { DialPause, isMomentary } from './dial-pause.ts';
import { OrderlyEnd } from './orderly-end.ts';
import type { Pending } from './pending.ts';
import { PendingQuery } from './pending-requests.ts';
import { RemoteLocks } from './remote-locks.ts';
import { RemoteTransactions } from './remote-transactions.ts';
import { type ReplyReceivers, routeReply } from './reply-router.ts';
import { RequestFrames } from './request-frames.ts';
import { RequestWait } from './request-wait.ts';
import { RequestWindow } from './request-window.ts';
import { type Kept, sendAgain } from './send-again.ts';
import type { ConnectionSettings } from './settings.ts';
import { StateRecord } from './state-record.ts';

export class DataServerConnection {
  readonly #identity: AppServerIdentity;
  readonly #ports: ConnectionPorts;
  readonly #listener: CoherenceListener;
  readonly #window = new RequestWindow();
  readonly #dialPause = new DialPause();
  readonly #frames: RequestFrames;
  readonly #record: StateRecord;
  readonly #requestWait: RequestWait;
  /** What jobs hold and wait for at this data server. */
  readonly locks: RemoteLocks;
  /** What their transactions have changed there. */
  readonly transactions: RemoteTransactions;
  readonly #receivers: ReplyReceivers;
  readonly #kept: Kept;
  readonly #log: Log;
  #settings: ConnectionSettings;
  #channel: Channel | undefined;
  #welcomed = false;
  #session: SessionKey | undefined;
  #entries: readonly CatalogueEntry[] | undefined;
  /** What both sides can. */
  #features: readonly string[] = [];
  #hurryWanted = false;
  #replayThrough = 0;
  #connectedMs = 0;
  #shortLives = 0;
  #failure: Refusal | undefined;
  #address = '';
  #handshakeTimer: Timer | undefined;
  readonly #deadlines: ConnectionDeadlines;
  readonly #orderlyEnd: OrderlyEnd;

  constructor(
    identity: AppServerIdentity,
    settings: ConnectionSettings,
    ports: ConnectionPorts,
    listener: CoherenceListener,
  ) {
    this.#identity = identity;
    this.#settings = settings;
    this.#ports = ports;
    this.#listener = listener;
    this.#log = ports.log.child({ dataServer: settings.name });
    const head = { confirmed: () => this.#window.confirmed };
    this.#frames = new RequestFrames(ports.clock, head, (message) => this.#channel?.send(message));
    this.#record = new StateRecord(ports, this.#log, settings.name);
    this.#requestWait = new RequestWait({
      clock: ports.clock,
      window: this.#window,
      isWaiting: () => this.state === 'inProgress' || this.state === 'failed',
      waitMs: () => this.#settings.requestWaitMs,
      error: () => this.#networkError(this.#whyNotConnected()),
    });
    this.#deadlines = new ConnectionDeadlines(ports.clock, () => this.#settings, {
      redial: () => this.#dial(),
      connecting: () => this.#giveUp(),
      recovering: () => this.#endRecovery(),
      beat: () => this.#onBeat(),
    });
    this.#orderlyEnd = new OrderlyEnd(ports.clock, {
      hasSession: () => this.#session !== undefined,
      whenDurable: (done) => this.whenDurable(done),
      end: (change) => this.#endBy(change),
      connect: () => this.#connect('enable'),
    });
    if (settings.disabled) this.#transition('disable');
    this.locks = new RemoteLocks({
      submit: (pending) => this.submit(pending),
      kept: () => this.#window.kept(),
      isKnown: () => this.#features.includes('locks'),
    });
    this.transactions = new RemoteTransactions({
      submit: (pending) => this.submit(pending),
      hurry: () => this.#hurry(),
      sync: (job) =>
        new Promise((done, failed) => {
          void this.submit(PendingQuery.sync(job, { done, failed }));
        }),
      isKnown: () => this.#features.includes('transactions'),
    });
    const { locks, transactions } = this;
    this.#receivers = {
      window: this.#window,
      listener,
      locks,
      transactions,
      catalogue: (entries) => {
        this.#entries = entries;
        listener.catalogue(entries);
      },
    };
    this.#kept = {
      frames: this.#frames,
      window: this.#window,
      locks,
      transactions,
      write: (pending, requests) => this.#write(pending, requests, true),
      lostAnswer: () => this.#networkError('lost the answer', true),
    };
  }

  #whyNotConnected(): string {
    if (this.#failure === undefined) return 'could not be reached';
    return `refused the connection: ${this.#failure.message}`;
  }

  get state(): AppSideState {
    return this.#record.state;
  }

  get settings(): ConnectionSettings {
    return this.#settings;
  }

  /** Why the last handshake was refused, in state Connection Failed. */
  get failure(): Refusal | undefined {
    return this.#failure;
  }

  /** When it came into its state, where its peer is, and what is under way. */
  get status(): { readonly sinceMs: number; readonly address: string; readonly sentBytes: number } {
    const { sinceMs } = this.#record;
    return { sinceMs, address: this.#address, sentBytes: this.#window.sentBytes };
  }

  /** The data server's databases, once it has told. */
  get entries(): readonly CatalogueEntry[] | undefined {
    return this.#entries;
  }

  /** Uuid of the data server that is connected, to find two entries that reach one (§4.3.5). */
  get serverUuid(): string | undefined {
    return this.#session?.serverUuid;
  }

  /**
   * New timers apply at once, to what they time already too; so does a new host or port while it is being dialled, else
   * with the next dial.
   */
  configure(settings: ConnectionSettings): void {
    const { host, port } = this.#settings;
    this.#settings = settings;
    this.#deadlines.renew();
    this.#requestWait.watch();
    if (host === settings.host && port === settings.port) return;
    if (this.state !== 'inProgress' && this.state !== 'failed') return;
    this.#dialPause.reset();
    this.#dial();
  }

  #transition(event: AppSideEvent): void {
    this.#record.transition(event);
  }

  /** It was disconnected, for ever: nobody counts it any more. */
  forget(): void {
    this.#record.remove();
  }

  /** Throws what `submit` would throw, before anything is done for the request. */
  assertTakes(isRelease = false): void {
    if (this.state === 'disabled') {
      this.#transition('request');
      throw this.#networkError('is disabled');
    }
    const { unresolved } = this.#settings;
    if (unresolved !== undefined) throw this.#networkError(`cannot be found: ${unresolved}`);
    this.#window.assertTakes(isRelease);
  }

  /**
   * Takes a request. Returns undefined when it goes out with this turn's frame, else a promise that resolves
   * when there was room or a connection for it. Its answer comes by the request's own `answer` or `fail`.
   */
  submit(pending: Pending): Promise<void> | undefined {
    this.assertTakes(pending.isRelease);
    this.#window.push(pending, this.#ports.clock.nowMs());
    if (this.state === 'notConnected') this.#connect('request');
    else this.#transition('request');
    if (this.state === 'normal') {
      this.#sendWaiting();
      if (pending.sequence !== 0 || pending.answered) return undefined;
    } else {
      if (this.state === 'failed' && this.#window.waitingCount === 1) this.#hurryDial();
      this.#requestWait.watch();
    }
    pending.accepted = Accepted.begin((resolve, reject) => {
      pending.onSent = (error) => {
        if (error === undefined) resolve();
        else reject(error);
      };
    });
    return pending.accepted;
  }

  /** Calls when every change made so far is durable; or with the error that ended the session. */
  whenDurable(done: (error: EcpError | undefined) => void): void {
    const last = this.#window.lastChange();
    if (last === undefined) return done(undefined);
    last.whenSettled(done);
    this.#hurry();
  }

  #hurry(): void {
    this.#hurryWanted = true;
    this.#flushSoon();
  }

  #sendWaiting(): void {
    while (this.state === 'normal' && this.#window.hasRoom) {
      const pending = this.#window.firstWaiting as Pending;
      const requests = pending.build();
      if (isEcpError(requests)) {
        this.#window.skip();
        pending.end(requests);
        continue;
      }
      this.#window.send();
      this.#write(pending, requests, false);
      pending.onSent?.(undefined);
    }
  }

  #write(pending: Pending, requests: readonly Request[], replay: boolean): void {
    for (const request of requests) {
      this.#frames.add(request, pending.sequence, replay);
      if (request.kind === 'fetch') this.#log.debug('block requested', { ahead: request.ahead });
    }
    this.#flushSoon();
  }

  #flushSoon(): void {
    this.#frames.atTurnEnd(() => {
      if (this.state !== 'normal') return;
      if (this.#hurryWanted && this.#window.waitingCount === 0) {
        this.#hurryWanted = false;
        this.#frames.add({ kind: 'hurry' }, this.#window.nextSequence);
      }
      this.#frames.flush();
    });
  }

  /** A frame of its own that is no replay: it also ends one. */
  #sendHeartbeat(): void {
    this.#frames.flush();
    this.#frames.add({ kind: 'heartbeat' }, this.#window.nextSequence);
    this.#frames.flush();
  }

  #connect(event: 'request' | 'enable'): void {
    this.#transition(event);
    this.#dialPause.reset();
    this.#deadlines.connecting.begin();
    this.#dial();
  }

  #giveUp(): void {
    this.#closeChannel();
    this.#transition('gaveUp');
    this.#endSession('could not be reached');
  }

  /** Every dial resolves the host name anew (§2.3); a failed one is tried again after the interval. */
  #dial(): void {
    this.#closeChannel();
    const { host, port } = this.#settings;
    const channel = this.#ports.transport.dial(
      { host, port },
      {
        message: (bytes) => {
          if (this.#channel === channel) this.#onMessage(bytes);
        },
        drained: () => undefined,
        closed: (reason) => {
          if (this.#channel === channel) this.#onClosed(reason);
        },
      },
    );
    this.#channel = channel;
    this.#welcomed = false;
    this.#frames.clear();
    const hello = helloOf(this.#identity, this.#session, this.#window.durable);
    channel.send(encodeChannelMessage({ kind: 'hello', hello }));
    this.#handshakeTimer = this.#ports.clock.after(HANDSHAKE_WAIT_MS, () => {
      this.#transition('lost');
      this.#dialAgain('no answer to the handshake');
    });
  }

  #dialAgain(reason: string, pauseMs = Infinity): void {
    this.#log.debug('dial failed', { reason, pauseMs });
    this.#closeChannel();
    this.#deadlines.redialAfter(pauseMs);
  }

  /** Somebody waits again for a data server that refused, perhaps for a moment only. */
  #hurryDial(): void {
    if (this.#channel !== undefined || !this.#failure || !isMomentary(this.#failure)) return;
    this.#dialPause.reset();
    this.#dialAfterRefusal(this.#failure);
  }

  #dialAfterRefusal(refused: Refusal): void {
    const { reconnectIntervalMs } = this.#settings;
    const wait = this.#dialPause.afterRefusal(refused, !this.#window.isEmpty, reconnectIntervalMs);
    this.#dialAgain(refused.message, wait);
  }

  #closeChannel(): void {
    this.#handshakeTimer?.cancel();
    this.#deadlines.cancelChannel();
    const channel = this.#channel;
    this.#channel = undefined;
    this.#welcomed = false;
    channel?.close();
  }

  #onWelcome(welcome: Welcome): void {
    checkResumed(welcome, this.#session);
    this.#handshakeTimer?.cancel();
    this.#welcomed = true;
    this.#connectedMs = this.#ports.clock.nowMs();
    this.#failure = undefined;
    this.#dialPause.reset();
    this.#address = this.#channel?.peerAddress ?? '';
    if (this.#session !== undefined && !welcome.resumed) {
      // The data server no longer knows the session; what it held of ours is rolled back and released there.
      this.#leave('the session is gone');
      this.#transition('sessionGone');
      this.#endSession('gave the session up');
      return;
    }
    if (this.#listener.isDuplicate(welcome.serverUuid)) {
      const message = 'another entry reaches this data server: never two channels';
      this.#leave(message);
      this.#onRefused({ reason: 'PROTOCOL', message, retryable: true });
      return;
    }
    const { session, epoch, serverUuid } = welcome;
    this.#session = { session, epoch, serverUuid };
    this.#entries = welcome.catalogue;
    this.#features = welcome.features;
    this.#listener.flush();
    this.#listener.catalogue(welcome.catalogue);
    this.#deadlines.beat.begin();
    if (welcome.resumed) this.#recover(welcome.lastApplied);
    else this.#becomeNormal('welcomed');
  }

  #cancelWaits(): void {
    this.#deadlines.cancelWaits();
    this.#requestWait.cancel();
  }

  #becomeNormal(event: 'welcomed' | 'recovered' | 'traffic'): void {
    this.#cancelWaits();
    this.#transition(event);
    this.#sendWaiting();
    this.#flushSoon();
  }

  #recover(lastApplied: number): void {
    this.#transition('resumed');
    this.#replayThrough = sendAgain(this.#kept, lastApplied);
    this.#sendHeartbeat();
    this.locks.resume();
    if (this.#replayThrough === 0) this.#becomeNormal('recovered');
  }

  #onClosed(reason: string): void {
    this.#handshakeTimer?.cancel();
    const wasWelcomed = this.#welcomed;
    this.#channel = undefined;
    this.#welcomed = false;
    this.#deadlines.beat.cancel();
    this.#transition('lost');
    if (!wasWelcomed) {
      this.#dialAgain(reason);
      return;
    }
    this.#log.warn('connection lost', { reason });
    // Streams that break as soon as they are up are not tried again without a pause.
    const livedMs = this.#ports.clock.nowMs() - this.#connectedMs;
    this.#shortLives = livedMs > this.#settings.reconnectIntervalMs ? 0 : this.#shortLives + 1;
    this.#awaitRecovery();
    if (this.#shortLives <= SHORT_LIVES_MAX) this.#dial();
    else this.#dialAgain(reason);
  }

  /** Trouble lasts at most the time to wait for recovery, however often a recovery begins in it. */
  #awaitRecovery(): void {
    if (!this.#deadlines.recovering.isRunning) this.#deadlines.recovering.begin();
  }

  #endRecovery(): void {
    this.#leave('recovery took too long');
    this.#transition('recoveryExpired');
    this.#endSession('did not come back in time');
  }

  #onRefused(refused: Refusal): void {
    this.#failure = refused;
    this.#log.warn('connection refused', { reason: refused.reason, message: refused.message });
    const isLoss = refused.reason === 'DATA_LOST' && this.#session !== undefined;
    if (this.#welcomed || isLoss) {
      // The data server ended a session that was under way.
      this.#closeChannel();
      this.#transition('sessionGone');
      if (refused.reason === 'SUPERSEDED') this.#transition('disable');
      this.#endSession(`ended the session: ${refused.message}`);
      return;
    }
    this.#transition('refused');
    this.#dialAfterRefusal(refused);
  }

  #onMessage(bytes: Uint8Array): void {
    this.#record.heard();
    try {
      const message = decodeChannelMessage(bytes);
      if (message.kind === 'refused') return this.#onRefused(message.refused);
      if (message.kind === 'welcome' && !this.#welcomed) return this.#onWelcome(message.welcome);
      if (message.kind === 'goodbye') return this.#onGoodbye(message.goodbye);
      if (message.kind !== 'frame' || !this.#welcomed)
        throw new EcpError('DAMAGED', `a ${message.kind} out of turn`);
      if (this.state === 'trouble') this.#becomeNormal('traffic');
      else this.#transition('traffic');
      this.#onFrame(message.frame);
    } catch (error) {
      if (!isEcpError(error)) throw error;
      const { code, message } = error;
      this.#log.error('bad message from the data server', { code, message });
      // The stream cannot be trusted any further: begin again with a flushed cache.
      this.#channel?.close();
    }
  }

  #onGoodbye(goodbye: Goodbye): void {
    if (goodbye.sessionKept) return;
    if (!this.#welcomed) throw new EcpError('DAMAGED', 'a goodbye out of turn');
    this.#closeChannel();
    this.#transition('sessionGone');
    this.#endSession(`said goodbye: ${goodbye.reason}`);
  }

  #onFrame(bytes: Uint8Array): void {
    const channel = this.#channel;
    const reader = new ReplyFrameReader(bytes);
    for (let reply = reader.next(); reply !== undefined; reply = reader.next()) {
      routeReply(this.#receivers, reply);
      if (this.#channel !== channel) return;
    }
    if (this.state === 'recovery' && this.#replayThrough <= this.#window.answeredThrough)
      this.#becomeNormal('recovered');
    else if (this.state === 'normal') this.#sendWaiting();
  }

  #onBeat(): void {
    const { nonResponsiveMs } = this.#settings;
    this.#sendHeartbeat();
    const silentMs = this.#ports.clock.nowMs() - this.#record.heardMs;
    if (silentMs > nonResponsiveMs * SILENCE_LIMITS) {
      this.#channel?.close();
      return;
    }
    if (silentMs > nonResponsiveMs) {
      this.#transition('silence');
      this.#awaitRecovery();
    }
    this.#deadlines.beat.begin();
  }

  /** Says goodbye on a living channel, so that the data server releases at once, and ends it. */
  #leave(reason: string): void {
    if (this.#welcomed) {
      this.#channel?.send(
        encodeChannelMessage({ kind: 'goodbye', goodbye: { reason, sessionKept: false } }),
      );
    }
    this.#closeChannel();
  }

  /**
   * All that the session held is void: every request gets <NETWORK>; a job with changes that are not durable
   * finds it at its next operation, before anything of it enters the next session (rule R5).
   */
  #endSession(what: string): void {
    this.#cancelWaits();
    this.#record.forgetHeard();
    this.#session = undefined;
    this.#entries = undefined;
    this.#frames.clear();
    this.#hurryWanted = false;
    const { sent, waiting } = this.#window.takeAll();
    this.#listener.sessionEnded();
    this.transactions.sessionEnded(this.#networkError(what));
    for (const pending of sent) pending.end(this.#networkError(what, pending.isChange));
    for (const pending of waiting) pending.end(this.#networkError(what));
    this.locks.sessionEnded(this.#networkError(what));
  }

  #networkError(what: string, maybe = false): EcpError {
    return new EcpError('NETWORK', `data server ${this.#settings.name} ${what}`, {
      retry: 'reconnect',
      outcome: maybe ? 'maybe' : 'none',
    });
  }

  /** The five steps of §4.2; `done` is called when all are done. What is disabled stays so. */
  disconnect(done: () => void): void {
    if (this.state === 'disabled') done();
    else this.#orderlyEnd.join(done);
  }

  /** Change to Not Connected: the same, by an administrator, who ends Disabled too. */
  changeToNotConnected(done: () => void): void {
    this.#orderlyEnd.order('disconnect', done);
  }

  /** Change to Disabled, with the same steps. */
  disable(done: () => void): void {
    this.#orderlyEnd.order('disable', done);
  }

  /** Change to Normal: ends Disabled, and dials at once wherever there is no channel. */
  enable(): void {
    if (this.#orderlyEnd.enable()) return;
    if (this.state === 'normal' || this.state === 'trouble' || this.state === 'recovery') {
      this.#transition('enable');
      if (this.#deadlines.redial.isRunning) this.#dial();
    } else this.#connect('enable');
  }

  #endBy(change: 'disconnect' | 'disable'): void {
    this.#leave('disconnected by the administrator');
    this.#transition(change);
    this.#endSession(change === 'disable' ? 'is disabled' : 'was disconnected');
  }
}

/** Only what was asked for can be resumed. */
function checkResumed(welcome: Welcome, asked: SessionKey | undefined): void {
  if (!welcome.resumed) return;
  const isIt =
    welcome.session === asked?.session &&
    welcome.epoch === asked.epoch &&
    welcome.serverUuid === asked.serverUuid;
  if (!isIt) throw new EcpError('DAMAGED', 'a session that was not asked for is resumed');
}
