/** The guarantees on real processes of a topology, while they are killed one after the other. F-M4 F-E6 A.1.1 A.1.2 A.1.4–A.1.11 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocal, type LocalTopology } from '../../operator/local/local-topology.ts';
import { formatVerification, verify } from '../../server/cli/verify/verify.ts';

const READY_MS_MAX = 30_000;
const SECONDS = 15;
/** Until all have begun again, and what was durable is read. */
const AFTERWARDS_MS_MAX = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'ecp-verify-'));
let topology: LocalTopology;

beforeAll(async () => {
  const manifest = fileURLToPath(new URL('../../examples/quickstart.yaml', import.meta.url));
  topology = await startLocal({ manifests: [manifest], dataFolder: folder });
  expect(await topology.ready(READY_MS_MAX)).toBe(true);
}, 2 * READY_MS_MAX);

afterAll(async () => {
  await topology.stop();
  rmSync(folder, { recursive: true, force: true });
}, READY_MS_MAX);

test(
  'ecp verify --faults finds every guarantee kept, whoever is killed',
  async () => {
    const options = {
      data: folder,
      at: [],
      namespace: 'USER',
      seconds: SECONDS,
      jobs: 2,
      global: 'EcpVerify',
      faults: true,
      expectFaults: false,
    };
    const done = await verify(options, new AbortController().signal, () => undefined);
    const report = formatVerification(done);
    expect(report).not.toMatch(/VIOLATION|VACUOUS/);
    expect(done.ended).toEqual(expect.arrayContaining(['bank-0', 'teller-0']));
    expect(done.isKept).toBe(true);
  },
  SECONDS * 1000 + AFTERWARDS_MS_MAX,
);
