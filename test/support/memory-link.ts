/** A client and an instance in one process: messages in memory, each a turn of the event loop later. */
import type { Dial, Link, LinkEvents } from '../../client/link.ts';
import type { ChannelEvents, PausableChannel } from '../../server/ports/transport.ts';

export class MemoryLinks {
  /** Messages that clients sent, and that they were sent, over all links. */
  toServer: Uint8Array[] = [];
  toClient: Uint8Array[] = [];
  dials = 0;
  /** Whether somebody listens. */
  listens = true;
  /** While true, what the server says does not arrive. */
  holdsReplies = false;
  paused = 0;
  readonly #accept: (channel: PausableChannel) => ChannelEvents;
  #cut: ((reason: string, final: boolean) => void) | undefined;

  constructor(accept: (channel: PausableChannel) => ChannelEvents) {
    this.#accept = accept;
  }

  /** Ends the newest link without a word. */
  cut(final = false): void {
    this.#cut?.('cut', final);
  }

  readonly dial: Dial = (events: LinkEvents): Link => {
    this.dials++;
    if (!this.listens) {
      setImmediate(() => events.closed('nobody listens', { final: false }));
      return { send: () => true, close: () => undefined };
    }
    let open = true;
    const close = (reason: string, final = false): void => {
      if (!open) return;
      open = false;
      session.closed(reason);
      setImmediate(() => events.closed(reason, { final }));
    };
    const session = this.#accept({
      peerAddress: 'memory',
      send: (message) => {
        const copy = message.slice();
        setImmediate(() => {
          if (!open || this.holdsReplies) return;
          this.toClient.push(copy);
          events.message(copy);
        });
        return true;
      },
      close: () => setImmediate(() => close('ended by the server')),
      pause: () => {
        this.paused++;
      },
      resume: () => undefined,
    });
    this.#cut = close;
    return {
      send: (message) => {
        const copy = message.slice();
        this.toServer.push(copy);
        setImmediate(() => {
          if (open) session.message(copy);
        });
        return true;
      },
      close: () => setImmediate(() => close('closed by the client')),
    };
  };
}
