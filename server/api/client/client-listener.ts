/** All client connections of an instance. */
import { EcpError } from '../../base/errors.ts';
import { CLIENT_CONNECTIONS_MAX } from '../../base/limits.ts';
import type { ChannelEvents, PausableChannel } from '../../ports/transport.ts';
import { ClientSession, type SessionHost, type SessionPorts } from './client-session.ts';
import { encodeServerMessage, errorOf } from './messages.ts';

const IGNORED: ChannelEvents = {
  message: () => undefined,
  drained: () => undefined,
  closed: () => undefined,
};

export class ClientListener {
  readonly #host: SessionHost;
  readonly #ports: SessionPorts;
  readonly #sessions = new Set<ClientSession>();
  #drained: (() => void) | undefined;

  constructor(host: SessionHost, ports: SessionPorts) {
    this.#host = host;
    this.#ports = ports;
  }

  /** Connections at present. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Takes a connection, or ends it with the reason: CLIENT_CONNECTIONS_MAX are here, or the instance stops. */
  readonly accept = (channel: PausableChannel): ChannelEvents => {
    const refusal = this.#refusal();
    if (refusal !== undefined) {
      channel.send(
        encodeServerMessage({ replies: [], events: [{ job: 0, error: errorOf(refusal) }] }),
      );
      channel.close();
      return IGNORED;
    }
    const session: ClientSession = new ClientSession(channel, this.#host, this.#ports, () => {
      this.#sessions.delete(session);
      if (this.#sessions.size === 0) this.#drained?.();
    });
    this.#sessions.add(session);
    return session;
  };

  #refusal(): EcpError | undefined {
    if (this.#drained !== undefined) return stopping();
    if (this.#sessions.size < CLIENT_CONNECTIONS_MAX) return undefined;
    return new EcpError('RESOURCE', `more than ${CLIENT_CONNECTIONS_MAX} clients`, {
      retry: 'same',
    });
  }

  /**
   * Refuses new connections from now on, and ends each present one as soon as what it asked for is answered.
   * Resolves when none is left; never by itself if an operation never ends.
   */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve;
      for (const session of this.#sessions) session.drain(stopping());
      if (this.#sessions.size === 0) resolve();
    });
  }
}

/** For a client: connect again, to another instance or to this one when it is back. */
function stopping(): EcpError {
  return new EcpError('NETWORK', 'the instance is stopping', { retry: 'reconnect' });
}
