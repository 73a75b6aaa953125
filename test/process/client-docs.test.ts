/** The programs of docs/client-api.md and docs/for-applications.md, and the example beside it, run as they are written. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { listenClients } from '../../server/adapters/grpc-client-service.ts';
import { openClients } from '../support/memory-clients.ts';
import { openBank } from '../support/memory-instance.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const programs = ['client-api.md', 'for-applications.md'].flatMap((name) => {
  const page = readFileSync(join(ROOT, 'docs', name), 'utf8');
  const texts = [...page.matchAll(/```ts run\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
  return texts.map((text, i) => ({ name, number: i + 1, text }));
});

const folder = mkdtempSync(join(tmpdir(), 'ecp-docs-'));
const bank = openBank();
const listen = (instance: typeof bank.app) =>
  listenClients({ host: '127.0.0.1', port: 0 }, openClients(instance).listener.accept);
const appServer = await listen(bank.app);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await appServer.close();
  await bank.stop();
});

describe('the pages for applications', () => {
  it('have programs', () => {
    expect(new Set(programs.map(({ name }) => name)).size).toBe(2);
    expect(programs.length).toBeGreaterThanOrEqual(4);
  });

  it.each(programs)('docs/$name: program $number runs', async ({ name, number, text }) => {
    const file = join(folder, `${name}-${number}.ts`);
    const client = pathToFileURL(join(ROOT, 'client', 'index.ts')).href;
    writeFileSync(
      file,
      text
        .replace("'ecp/client'", `'${client}'`)
        .replace("'localhost:1973'", `'127.0.0.1:${appServer.port}'`),
    );
    const { stderr } = await promisify(execFile)(process.execPath, ['--no-warnings', file]);
    expect(stderr).toBe('');
  });
});

it('examples/transfer.ts moves money whole or not at all (A.1.4)', async () => {
  const file = join(ROOT, 'examples', 'transfer.ts');
  const address = `127.0.0.1:${appServer.port}`;
  const run = promisify(execFile);
  const { stdout, stderr } = await run(process.execPath, ['--no-warnings', file, address]);
  expect(stderr).toBe('');
  expect(stdout).toBe('Ada 30, Grace 70\nrefused: Ada has 30\nAda 30, Grace 70\n');
});
