/**
 * The way to other instances: ordered, reliable streams of messages that can end at any moment.
 * Messages are whole byte strings; the first in each direction is the handshake (ecp/wire).
 */

export interface Channel {
  /** The peer's network address, canonical: no port, IPv4 without the ::ffff: prefix. */
  readonly peerAddress: string;
  /**
   * Hands a message over; the channel owns the bytes from here on. Returns false when the caller should
   * stop until `onDrain`; what was handed over is sent all the same.
   */
  send(message: Uint8Array): boolean;
  /** Ends the stream, after what was sent; harmless when it has ended. */
  close(): void;
}

/** A channel whose receiver can hold its sender back. */
export interface PausableChannel extends Channel {
  /** No more `message` soon (what is already here still comes), until `resume`. */
  pause(): void;
  resume(): void;
}

/** Called in order; nothing after `closed`, which comes exactly once, whoever ended it. */
export interface ChannelEvents {
  message(bytes: Uint8Array): void;
  drained(): void;
  closed(reason: string): void;
}

export interface Transport {
  /** Dials; resolves the host name anew each time (§2.3). `closed` also reports a dial that failed. */
  dial(address: { readonly host: string; readonly port: number }, events: ChannelEvents): Channel;
}

/** What the listening side calls for each incoming channel; it returns the events' receiver. */
export type Accept = (channel: Channel) => ChannelEvents;
