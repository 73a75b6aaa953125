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

  constructor(host: SessionHost, ports: SessionPorts) {
    this.#host = host;
    this.#ports = ports;
  }

  /** Connections at present. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Takes a connection, or ends it when there are CLIENT_CONNECTIONS_MAX. */
  readonly accept = (channel: PausableChannel): ChannelEvents => {
    if (this.#sessions.size >= CLIENT_CONNECTIONS_MAX) {
      const error = new EcpError('RESOURCE', `more than ${CLIENT_CONNECTIONS_MAX} clients`, {
        retry: 'same',
      });
      channel.send(
        encodeServerMessage({ replies: [], events: [{ job: 0, error: errorOf(error) }] }),
      );
      channel.close();
      return IGNORED;
    }
    const session: ClientSession = new ClientSession(channel, this.#host, this.#ports, () => {
      this.#sessions.delete(session);
    });
    this.#sessions.add(session);
    return session;
  };
}
