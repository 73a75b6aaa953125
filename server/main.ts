/**
 * Runs an instance until it is told to stop (SIGTERM, SIGINT). SIGHUP reads the configuration file again.
 *
 *   node server/main.ts --configuration FILE
 *
 * Exit codes: 0 after an orderly stop; 1 when it cannot start, with the reason on standard error, or when the stop
 * was cut short; 143 and 130 when a second SIGTERM or SIGINT ends it at once.
 */
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { EcpError, isEcpError } from './base/errors.ts';
import { readEnvironment } from './process/instance-files.ts';
import { InstanceServer } from './process/instance-server.ts';

/**
 * The collector comes when the heap has grown by so much since it last came, instead of up to three times that: what an
 * instance takes beside its pool is part of what its pod is given. NODE_OPTIONS does not take this flag.
 */
const HEAP_GROWTH = '--heap-growing-percent=100';

async function main(): Promise<void> {
  setFlagsFromString(HEAP_GROWTH);
  const { values } = parseArgs({ options: { configuration: { type: 'string' } } });
  const file = values.configuration;
  if (file === undefined)
    throw new EcpError('CONFIGURATION', 'usage: node server/main.ts --configuration FILE');
  const server = new InstanceServer(resolve(file), readEnvironment(process.env));
  const stop = (why: string): void => {
    void server.stop(why).then((isWhole) => process.exit(isWhole ? 0 : 1));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (server.isStopping) process.exit(128 + constants.signals[signal]);
      stop(signal);
    });
  }
  // Whoever started this with a channel and is gone has left it behind.
  process.on('disconnect', () => {
    if (!server.isStopping) stop('the end of its parent');
  });
  process.on('SIGHUP', () => server.reload());
  try {
    await server.start();
  } catch (error) {
    if (server.isStopping) return;
    process.stderr.write(`${explained(error)}\n`);
    await server.stop('its start failed');
    process.exit(1);
  }
}

function explained(error: unknown): string {
  if (isEcpError(error)) return error.message;
  return `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explained(error)}\n`);
  process.exit(1);
});
