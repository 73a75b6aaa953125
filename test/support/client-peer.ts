/** A client without a client: a session, what is said to it, and what it says. */
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { ClientSession, type SessionHost } from '../../server/api/client/client-session.ts';
import { ecp } from '../../server/api/generated/client.js';
import { utf8 } from '../../server/base/bytes.ts';
import { silentLog } from '../../server/ports/log.ts';

export type Operation = ecp.client.v1.Operation.$Properties;
export type Reply = ecp.client.v1.Reply.$Properties;

export class ClientPeer {
  readonly replies: Reply[] = [];
  readonly events: ecp.client.v1.Event.$Properties[] = [];
  messages = 0;
  closed = false;
  paused = false;
  /** What `send` says: false asks the session to wait. */
  takes = true;
  readonly session: ClientSession;

  constructor(host: SessionHost) {
    this.session = new ClientSession(
      {
        peerAddress: 'test',
        send: (bytes) => {
          this.messages++;
          const message = ecp.client.v1.ServerMessage.decode(bytes);
          this.replies.push(...message.replies);
          this.events.push(...message.events);
          return this.takes;
        },
        close: () => void (this.closed = true),
        pause: () => void (this.paused = true),
        resume: () => void (this.paused = false),
      },
      host,
      { clock: new SystemClock(), log: silentLog },
    );
  }

  send(...operations: Operation[]): void {
    this.session.message(ecp.client.v1.ClientMessage.encode({ operations }).finish());
  }

  async ask(operation: Operation): Promise<Reply> {
    this.send(operation);
    await turns();
    return this.replies.find(({ id }) => id === operation.id) as Reply;
  }

  /** A job 1, open. */
  static async open(host: SessionHost): Promise<ClientPeer> {
    const peer = new ClientPeer(host);
    await peer.ask({ id: 1, job: 1, openJob: { namespace: 'LOCAL' } });
    return peer;
  }
}

export async function turns(count = 20): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
}

export const node = (
  global: string,
  ...subscripts: string[]
): ecp.client.v1.Reference.$Properties => ({
  global,
  subscripts: subscripts.map((text) => utf8(text)),
});
