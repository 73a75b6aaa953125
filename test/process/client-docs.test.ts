/** The programs of docs/client-api.md run as they are written. */
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
const page = readFileSync(join(ROOT, 'docs', 'client-api.md'), 'utf8');
const programs = [...page.matchAll(/```ts run\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');

const folder = mkdtempSync(join(tmpdir(), 'ecp-docs-'));
const bank = openBank();
const server = await listenClients(
  { host: '127.0.0.1', port: 0 },
  openClients(bank.app).listener.accept,
);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
  await bank.stop();
});

describe('docs/client-api.md', () => {
  it('has programs', () => expect(programs.length).toBeGreaterThanOrEqual(3));

  it.each(programs.map((text, i) => [i + 1, text] as const))('program %d runs', async (i, text) => {
    const file = join(folder, `program-${i}.ts`);
    const client = pathToFileURL(join(ROOT, 'client', 'index.ts')).href;
    writeFileSync(
      file,
      text
        .replace("'ecp/client'", `'${client}'`)
        .replace("'localhost:1973'", `'127.0.0.1:${server.port}'`),
    );
    const { stderr } = await promisify(execFile)(process.execPath, ['--no-warnings', file]);
    expect(stderr).toBe('');
  });
});
