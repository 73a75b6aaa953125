/**
 * Runs the operator until it is told to stop (SIGTERM, SIGINT), or loses the lease.
 *
 *   node operator/main.ts        settings: operator/process/settings.ts, as the chart gives them
 *
 * Exit codes: 0 after an orderly stop; 1 when it cannot start, with the reason on standard error, or has lost the lease.
 */
import { messageOf } from '../server/base/errors.ts';
import { OperatorProcess } from './process/operator-process.ts';
import { readSettings } from './process/settings.ts';

/** Whoever was replaced as leader must not go on; in case the orderly end takes longer than the next one's patience. */
const LOST_MS_MAX = 2000;

async function main(): Promise<void> {
  const operator = new OperatorProcess(readSettings(process.env), () => {
    setTimeout(() => process.exit(1), LOST_MS_MAX);
    void operator.stop('the lease is lost').finally(() => process.exit(1));
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void operator.stop(signal).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  await operator.start();
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});
