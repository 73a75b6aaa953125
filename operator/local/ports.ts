/** Free ports of this machine for instances: the same ones again after a restart, where they are still free. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { EcpError } from '../../server/base/errors.ts';

export const LOCAL_HOST = '127.0.0.1';

/** Below the ranges from which systems take ports for outgoing connections, so none is lost to one. */
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;

export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: LOCAL_HOST, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/**
 * Hands out ports, none twice. Where the search begins depends on the data folder, so that two `ecp up` that start
 * at the same moment do not find the same ports free.
 */
export class PortChooser {
  readonly #taken: Set<number>;
  #next: number;
  #left = PORT_COUNT;

  /** `taken`: ports that belong to somebody already, whether in use or not. */
  constructor(dataFolder: string, taken: Iterable<number>) {
    this.#taken = new Set(taken);
    const hash = createHash('sha256').update(dataFolder).digest().readUInt32LE();
    this.#next = hash % PORT_COUNT;
  }

  /** The port, where nobody has it; else undefined. */
  async reserve(port: number | undefined): Promise<number | undefined> {
    if (port === undefined || this.#taken.has(port) || !(await isFree(port))) return undefined;
    this.#taken.add(port);
    return port;
  }

  /** The next port that nobody has. */
  async next(): Promise<number> {
    while (this.#left-- > 0) {
      const port = await this.reserve(FIRST_PORT + this.#next);
      this.#next = (this.#next + 1) % PORT_COUNT;
      if (port !== undefined) return port;
    }
    throw new EcpError('RESOURCE', `no free port from ${FIRST_PORT} to ${FIRST_PORT + PORT_COUNT}`);
  }
}
