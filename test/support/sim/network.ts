/**
 * The network between simulated nodes: Transport and Accept over streams whose messages are byte strings that
 * really were encoded. Order holds within a direction of a stream and nowhere else.
 *
 * Faults: each message takes its own time; a direction between two nodes may be clogged (messages wait, then
 * come in order, as after TCP's retransmissions; with both directions that is a partition); streams may be cut;
 * a crashed node's streams end at the peer after a while, or never (half open), until the peer talks to the
 * restarted host. A sender is told to wait when much is under way.
 */
import type { Accept, Channel, ChannelEvents, Transport } from '../../../server/ports/transport.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimRandom } from './sim-random.ts';
import type { Trace } from './trace.ts';

/** Looks at, changes (other bytes) or loses (undefined) a message as it is sent: how bugs are planted. */
export type MessageFilter = (from: string, to: string, bytes: Uint8Array) => Uint8Array | undefined;

const HIGH_WATER_BYTES = [512, 16 * 1024, 1024 * 1024] as const;
/** A rack, a region, a continent. */
const LATENCY_SCALES = [1, 6, 40] as const;
const FIN = Symbol('fin');

type Item = Uint8Array | typeof FIN;

/** One side of a stream. */
class End implements Channel {
  readonly node: string;
  readonly peerAddress: string;
  readonly stream: Stream;
  /** Undefined until the other side has accepted. */
  events: ChannelEvents | undefined;
  /** What travels from here to the other end. */
  readonly queue: Item[] = [];
  readonly highWater: number;
  inFlightBytes = 0;
  wantsDrain = false;
  lastArrivalMs = 0;
  /** Delivery events that found the direction clogged. */
  held = 0;
  /** This side closed it or learned that it is closed: nothing is delivered to it any more. */
  over = false;
  /** The node has crashed: what is sent here vanishes. */
  dead = false;

  constructor(stream: Stream, node: string, peerAddress: string, highWater: number) {
    this.stream = stream;
    this.node = node;
    this.peerAddress = peerAddress;
    this.highWater = highWater;
  }

  get peer(): End {
    return this.stream.a === this ? this.stream.b : this.stream.a;
  }

  send(message: Uint8Array): boolean {
    return this.stream.network.send(this, message);
  }

  close(): void {
    this.stream.network.close(this, 'closed here');
  }
}

class Stream {
  readonly network: SimNetwork;
  readonly a: End;
  readonly b: End;
  /** Cut: what is under way or sent from here on is lost, both ends will learn. */
  severed = false;

  constructor(network: SimNetwork, dialler: string, host: string, highWater: () => number) {
    this.network = network;
    this.a = new End(this, dialler, network.addressOf(host), highWater());
    this.b = new End(this, host, network.addressOf(dialler), highWater());
  }
}

export class SimNetwork {
  readonly #scheduler: Scheduler;
  readonly #random: SimRandom;
  readonly #trace: Trace;
  readonly #latencyScale: number;
  readonly #listeners = new Map<string, Accept>();
  readonly #addresses = new Map<string, string>();
  readonly #clogged = new Set<string>();
  #streams = new Set<Stream>();
  readonly #filters: MessageFilter[] = [];
  readonly #watchers: ((from: string, to: string, bytes: Uint8Array) => void)[] = [];
  #describe: ((bytes: Uint8Array) => string) | undefined;

  constructor(scheduler: Scheduler, random: SimRandom, trace: Trace) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.#trace = trace;
    this.#latencyScale = random.pick(LATENCY_SCALES);
  }

  /** How a message reads in the trace. */
  set describe(describe: (bytes: Uint8Array) => string) {
    this.#describe = describe;
  }

  filter(filter: MessageFilter): void {
    this.#filters.push(filter);
  }

  /** Called with each message right before it is delivered. */
  watch(watcher: (from: string, to: string, bytes: Uint8Array) => void): void {
    this.#watchers.push(watcher);
  }

  addressOf(node: string): string {
    let address = this.#addresses.get(node);
    if (address === undefined) {
      address = `10.0.0.${this.#addresses.size + 1}`;
      this.#addresses.set(node, address);
    }
    return address;
  }

  transport(node: string): Transport {
    return { dial: (address, events) => this.#dial(node, address.host, events) };
  }

  listen(node: string, accept: Accept): void {
    this.#listeners.set(node, accept);
  }

  #dial(node: string, host: string, events: ChannelEvents): Channel {
    const stream = new Stream(this, node, host, () => this.#random.pick(HIGH_WATER_BYTES));
    this.#streams.add(stream);
    stream.a.events = events;
    this.#later(stream.a, () => this.#connected(stream));
    return stream.a;
  }

  #connected(stream: Stream): void {
    const { a, b } = stream;
    if (a.dead || b.dead || stream.severed) return;
    if (this.#isClogged(a.node, b.node) || this.#isClogged(b.node, a.node)) {
      a.held++;
      return;
    }
    const accept = this.#listeners.get(b.node);
    if (accept === undefined) {
      this.#trace.add(this.#scheduler.now, 'refused', `${a.node}→${b.node}`);
      this.#ended(a, 'connection refused');
      b.over = true;
      return;
    }
    this.#trace.add(this.#scheduler.now, 'connected', `${a.node}→${b.node}`);
    b.events = accept(b);
    const early = a.held;
    a.held = 0;
    for (let i = 0; i < early; i++) this.#deliver(a);
  }

  /** Called by an end. */
  send(end: End, message: Uint8Array): boolean {
    if (end.over || end.dead || end.stream.severed) return true;
    let bytes: Uint8Array | undefined = message.slice();
    for (const filter of this.#filters) {
      bytes = filter(end.node, end.peer.node, bytes);
      if (bytes === undefined) return true;
    }
    if (end.peer.dead) {
      // The host may be up again, and knows nothing of this stream.
      if (this.#listeners.has(end.peer.node)) this.#later(end, () => this.#ended(end, 'reset'));
      return true;
    }
    end.queue.push(bytes);
    end.inFlightBytes += bytes.length;
    this.#later(end, () => this.#deliver(end));
    if (end.inFlightBytes <= end.highWater) return true;
    end.wantsDrain = true;
    return false;
  }

  /** Called by an end, or for it: ends the stream after what was sent. */
  close(end: End, reason: string): void {
    if (end.over || end.dead) return;
    end.over = true;
    this.#scheduler.after(0, () => {
      if (!end.dead) end.events?.closed(reason);
    });
    if (end.peer.dead) return;
    end.queue.push(FIN);
    this.#later(end, () => this.#deliver(end));
  }

  /** Calls when what is sent now arrives: never before what was sent earlier. */
  #later(end: End, callback: () => void): void {
    const latency =
      this.#latencyScale *
      (this.#random.chance(0.05) ? this.#random.between(1, 60) : this.#random.between(0.05, 1.5));
    end.lastArrivalMs = Math.max(end.lastArrivalMs, this.#scheduler.now + latency);
    this.#scheduler.after(end.lastArrivalMs - this.#scheduler.now, callback);
  }

  #isClogged(from: string, to: string): boolean {
    return this.#clogged.has(`${from}→${to}`);
  }

  #deliver(from: End): void {
    const to = from.peer;
    if (to.events === undefined || this.#isClogged(from.node, to.node)) {
      from.held++;
      return;
    }
    const item = from.queue.shift();
    if (item === undefined || from.stream.severed) return;
    if (item === FIN) {
      this.#ended(to, 'closed by the peer');
      return;
    }
    from.inFlightBytes -= item.length;
    if (to.over || to.dead) return;
    const way = `${from.node}→${to.node}`;
    this.#trace.add(this.#scheduler.now, 'message', way, item, () => this.#describe?.(item) ?? '');
    for (const watcher of this.#watchers) watcher(from.node, to.node, item);
    to.events.message(item);
    if (from.wantsDrain && from.inFlightBytes <= from.highWater / 2) {
      from.wantsDrain = false;
      this.#scheduler.after(this.#random.between(0, 1), () => {
        if (!from.over && !from.dead) from.events?.drained();
      });
    }
  }

  #ended(end: End, reason: string): void {
    if (end.over || end.dead) return;
    end.over = true;
    this.#trace.add(this.#scheduler.now, 'closed', `${end.node} (${end.peer.node}): ${reason}`);
    end.events?.closed(reason);
  }

  // ── Faults ───────────────────────────────────────────────────────────────────────────────────────────

  clog(from: string, to: string): void {
    this.#clogged.add(`${from}→${to}`);
  }

  unclog(from: string, to: string): void {
    if (!this.#clogged.delete(`${from}→${to}`)) return;
    for (const stream of this.#streams) {
      const { a, b } = stream;
      if (!(a.node === from && b.node === to) && !(a.node === to && b.node === from)) continue;
      if (b.events === undefined && !a.over) {
        // A dial that was under way; what was sent with it comes after.
        const early = a.held;
        a.held = 0;
        this.#later(a, () => this.#connected(stream));
        for (let i = 1; i < early; i++) this.#later(a, () => this.#deliver(a));
        continue;
      }
      for (const end of [a, b]) {
        const held = end.held;
        end.held = 0;
        for (let i = 0; i < held; i++) this.#later(end, () => this.#deliver(end));
      }
    }
  }

  unclogAll(): void {
    for (const way of [...this.#clogged]) {
      const [from, to] = way.split('→') as [string, string];
      this.unclog(from, to);
    }
  }

  /** Ends every stream between two nodes; what was under way is lost. */
  cut(one: string, other: string): void {
    for (const stream of this.#streams) {
      const { a, b } = stream;
      if (![a.node, b.node].includes(one) || ![a.node, b.node].includes(other)) continue;
      stream.severed = true;
      for (const end of [a, b]) {
        end.queue.length = 0;
        const delay = this.#random.between(0, 5);
        this.#scheduler.after(delay, () => this.#ended(end, 'cut'));
      }
      this.#streams.delete(stream);
    }
  }

  /** A node is gone: its peers learn it after a while, or not at all. */
  crash(node: string): void {
    this.#listeners.delete(node);
    for (const stream of this.#streams) {
      const { a, b } = stream;
      if (a.node !== node && b.node !== node) continue;
      const [gone, left] = a.node === node ? [a, b] : [b, a];
      gone.dead = true;
      const arrives = this.#random.chance(0.5) ? this.#random.below(gone.queue.length + 1) : 0;
      gone.queue.splice(arrives);
      if (this.#random.chance(0.7)) {
        gone.queue.push(FIN);
        this.#later(gone, () => this.#deliver(gone));
      }
      left.queue.length = 0;
    }
    this.#streams = new Set(
      [...this.#streams].filter(({ a, b }) => !(a.dead && b.dead) && !(a.over && b.over)),
    );
  }
}
