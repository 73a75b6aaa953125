/** Inside a container the command line means the instance whose configuration is mounted there. F-M4 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { instanceHere } from '../../server/cli/instance-here.ts';
import { adminTarget, runningTopology } from '../../server/cli/target.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecp-here-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('is found by its configuration, under the name of its pod, near by', () => {
  const file = join(folder, 'configuration.json');
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, 'secret\n');
  writeFileSync(
    file,
    JSON.stringify({
      name: 'bank',
      dataDirectory: folder,
      databases: [{ name: 'ACCOUNTS' }],
      admin: { host: '::', port: 1974, tokenFile },
      client: { host: '127.0.0.2', port: 1973 },
    }),
  );
  const instance = instanceHere({ ECP_CONFIGURATION: file, ECP_INSTANCE_NAME: 'shop/bank-0' });
  expect(instance).toMatchObject({ name: 'shop/bank-0', client: { host: '127.0.0.2' } });
  expect(adminTarget(instance!)).toEqual({ host: '127.0.0.1', port: 1974, token: 'secret' });
});

it('is not there where nothing is mounted: then a topology is asked for', () => {
  const env = { ECP_CONFIGURATION: join(folder, 'none.json') };
  expect(instanceHere(env)).toBeUndefined();
  expect(() => runningTopology(folder)).toThrow(/no topology runs in/);
});
