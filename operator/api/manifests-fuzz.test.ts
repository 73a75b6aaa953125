import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { isEcpError, messageOf } from '../../server/base/errors.ts';
import { parseConfiguration } from '../../server/instance/configuration.ts';
import { parseManifests } from './manifests.ts';

/** Whatever comes in: the answer is a value, or a refusal that lists something. */
function refusedOrTaken(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    expect(isEcpError(error, 'CONFIGURATION')).toBe(true);
    expect(messageOf(error).split('\n').length).toBeGreaterThan(1);
  }
}

const QUICKSTART = readFileSync(new URL('../../examples/quickstart.yaml', import.meta.url), 'utf8');

test('any value as a configuration is taken or refused, in words', () => {
  const field = fc.constantFrom(
    ...['name', 'ecp', 'databases', 'dataServers', 'remoteDatabases', 'namespaces', 'heartbeat'],
    ...['cacheSize', 'bufferPoolSize', 'application', 'admin', 'testing', 'timeouts', 'mappings'],
  );
  const value = fc.anything({ key: field, maxDepth: 4 });
  fc.assert(
    fc.property(value, (input) => refusedOrTaken(() => parseConfiguration(input))),
    {
      numRuns: 1000,
    },
  );
});

test('a manifest with some of its text damaged is taken or refused, with a line', () => {
  const place = fc.nat(QUICKSTART.length);
  fc.assert(
    fc.property(place, fc.nat(20), fc.string({ maxLength: 6 }), (at, length, text) => {
      const damaged = QUICKSTART.slice(0, at) + text + QUICKSTART.slice(at + length);
      refusedOrTaken(() => parseManifests([{ path: 'q.yaml', text: damaged }]));
    }),
  );
});
