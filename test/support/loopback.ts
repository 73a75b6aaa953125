/** Instances in one process: channels hand bytes over in memory, in order, one turn later. For scenario tests. */
import type { Accept, Channel, ChannelEvents, Transport } from '../../server/ports/transport.ts';

export interface Link {
  readonly from: string;
  /** Ends the stream without a word, as a broken network does. */
  cut(): void;
  /** While held, messages towards this side wait. */
  holdToApp(held: boolean): void;
  holdToServer(held: boolean): void;
}

interface End {
  events: ChannelEvents | undefined;
  queue: Uint8Array[];
  held: boolean;
}

/** Addresses are host:port; a listener takes what is dialled to it. */
export class Loopback {
  readonly #listeners = new Map<string, Accept>();
  /** Living links, oldest first. */
  readonly links: Link[] = [];
  /** Sees every message: direction, then its bytes. */
  onMessage: ((direction: 'toServer' | 'toApp', bytes: Uint8Array) => void) | undefined;

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
    const app: End = { events, queue: [], held: false };
    const server: End = { events: undefined, queue: [], held: false };
    let open = true;
    const deliver = (end: End): void => {
      queueMicrotask(() => {
        if (end.held) return;
        for (const bytes of end.queue.splice(0)) end.events?.message(bytes);
      });
    };
    const close = (reason: string): void => {
      if (!open) return;
      open = false;
      this.links.splice(this.links.indexOf(link), 1);
      queueMicrotask(() => {
        // What was sent before still arrives, unless the link is held or cut.
        for (const end of [app, server])
          if (!end.held) for (const bytes of end.queue.splice(0)) end.events?.message(bytes);
        app.events?.closed(reason);
        server.events?.closed(reason);
      });
    };
    const send = (end: End, direction: 'toServer' | 'toApp') => (bytes: Uint8Array) => {
      if (!open) return true;
      this.onMessage?.(direction, bytes);
      end.queue.push(bytes.slice());
      deliver(end);
      return true;
    };
    const hold = (end: End) => (held: boolean) => {
      end.held = held;
      if (!held) deliver(end);
    };
    const link: Link = {
      from,
      cut: () => {
        app.queue = [];
        server.queue = [];
        close('cut');
      },
      holdToApp: hold(app),
      holdToServer: hold(server),
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
