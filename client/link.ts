/** The stream to a server, as the connection sees it: gRPC in programs (grpc-link.ts), memory in tests. */

export interface Link {
  /** Hands a message over. Returns false when the caller should stop until `drained`. */
  send(message: Uint8Array): boolean;
  /** Ends the stream after what was sent; harmless when it has ended. */
  close(): void;
}

/** Called in order, never during `dial`; nothing after `closed`, which comes exactly once. */
export interface LinkEvents {
  message(bytes: Uint8Array): void;
  drained(): void;
  /** `final`: there is no use in trying again, such as with a wrong token. */
  closed(reason: string, options: { readonly final: boolean }): void;
}

export type Dial = (events: LinkEvents) => Link;
