/**
 * Stands in for an instance in tests of `ecp up`: takes `--configuration FILE`, answers /readyz, notes in
 * `events` beside the file what it was told, reads the file again on SIGHUP, ends on SIGTERM.
 *
 * A module path in its configuration plays faults: `crash` dies at once, `stubborn` ignores SIGTERM.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, dirname, join } from 'node:path';

interface Configuration {
  readonly name: string;
  readonly ecp: { readonly maxAppServers: number };
  readonly metrics: { readonly host: string; readonly port: number };
  readonly application?: { readonly module: string };
}

const file = process.argv[process.argv.indexOf('--configuration') + 1] ?? '';
const read = (): Configuration => JSON.parse(readFileSync(file, 'utf8')) as Configuration;
const note = (text: string): void => {
  const { name } = configuration;
  appendFileSync(join(dirname(file), '..', 'events'), `${name} ${text}\n`);
};

const configuration = read();
const fault = basename(configuration.application?.module ?? '');
note(`start ${process.pid}`);
process.stdout.write('hello\n');
if (fault === 'crash') process.exit(3);

process.on('SIGHUP', () => note(`reread ${read().ecp.maxAppServers}`));
process.on('SIGTERM', () => {
  note('stop');
  if (fault !== 'stubborn') process.exit(0);
});

const { host, port } = configuration.metrics;
createServer((_request, response) => response.end('ok')).listen({ host, port }, () =>
  note('ready'),
);
