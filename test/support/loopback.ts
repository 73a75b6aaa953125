/** Instances in one process: channels hand bytes over in memory, in order, one turn later. For scenario tests. */
import type { Accept, Channel, ChannelEvents, Transport } from '../../server/ports/transport.ts';

export type Direction = 'toServer' | 'toApp';

export interface Link {
  readonly from: string;
  /** host:port that was dialled. */
  readonly to: string;
  /** Ends the stream without a word, as a broken network does. */
  cut(): void;
  /** While held, messages towards this side wait, and its sender is told to stop after some bytes. */
  holdToApp(held: boolean): void;
  holdToServer(held: boolean): void;
  /** What was sent from now on is lost, and nobody is told: a half-open stream. */
  freeze(): void;
  /** One side's process ended: it hears nothing more, the other side that the stream broke. */
  crash(side: 'app' | 'server'): void;
}

interface End {
  events: ChannelEvents | undefined;
  queue: Uint8Array[];
  queuedBytes: number;
  held: boolean;
}

/** Unread bytes above which a sender is told to wait. */
const UNREAD_BYTES_MAX = 64 * 1024;

/** Addresses are host:port; a listener takes what is dialled to it. */
export class Loopback {
  readonly #listeners = new Map<string, Accept>();
  readonly #later: (callback: () => void) => void;
  /** Living links, oldest first. */
  readonly links: Link[] = [];
  /** Links whose ends are still to hear that they are closed. */
  readonly closing = new Set<Link>();
  /** Every dial, answered or not: the address it went to. */
  readonly dials: string[] = [];
  /** Sees every message: direction, then its bytes. */
  onMessage: ((direction: Direction, bytes: Uint8Array, link: Link) => void) | undefined;

  constructor(later: (callback: () => void) => void = queueMicrotask) {
    this.#later = later;
  }

  listen(address: string, accept: Accept): void {
    this.#listeners.set(address, accept);
  }

  /** Whoever dials from now on is not answered; living links stay. */
  unlisten(address: string): void {
    this.#listeners.delete(address);
  }

  transport(from: string): Transport {
    return {
      dial: ({ host, port }, events) => this.#dial(from, `${host}:${port}`, events),
    };
  }

  #dial(from: string, to: string, events: ChannelEvents): Channel {
    this.dials.push(to);
    const app: End = { events, queue: [], queuedBytes: 0, held: false };
    const server: End = { events: undefined, queue: [], queuedBytes: 0, held: false };
    let open = true;
    let frozen = false;
    const take = (end: End): void => {
      while (!end.held) {
        const bytes = end.queue.shift();
        if (bytes === undefined) return;
        end.queuedBytes -= bytes.length;
        end.events?.message(bytes);
      }
    };
    const deliver = (end: End): void => this.#later(() => take(end));
    const close = (reason: string): void => {
      if (!open) return;
      open = false;
      this.links.splice(this.links.indexOf(link), 1);
      this.closing.add(link);
      this.#later(() => {
        this.closing.delete(link);
        // What was sent before still arrives, unless the link is held or cut.
        for (const end of [app, server]) take(end);
        app.events?.closed(reason);
        server.events?.closed(reason);
      });
    };
    const send = (end: End, direction: Direction) => (bytes: Uint8Array) => {
      if (!open || frozen) return true;
      this.onMessage?.(direction, bytes, link);
      end.queue.push(bytes.slice());
      end.queuedBytes += bytes.length;
      deliver(end);
      return !end.held || end.queuedBytes <= UNREAD_BYTES_MAX;
    };
    const hold = (end: End, sender: End) => (held: boolean) => {
      end.held = held;
      if (held) return;
      deliver(end);
      this.#later(() => {
        if (open) sender.events?.drained();
      });
    };
    const link: Link = {
      from,
      to,
      cut: () => {
        app.queue = [];
        server.queue = [];
        close('cut');
      },
      holdToApp: hold(app, server),
      holdToServer: hold(server, app),
      freeze: () => (frozen = true),
      crash: (side) => {
        (side === 'app' ? app : server).events = undefined;
        link.cut();
      },
    };
    const accept = this.#listeners.get(to);
    const appChannel: Channel = {
      peerAddress: '127.0.0.1',
      send: send(server, 'toServer'),
      close: () => close('closed'),
    };
    this.links.push(link);
    if (accept === undefined) {
      close('nobody listens');
      return appChannel;
    }
    server.events = accept({
      peerAddress: from,
      send: send(app, 'toApp'),
      close: () => close('closed'),
    });
    return appChannel;
  }
}
