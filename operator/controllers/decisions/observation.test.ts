import { describe, expect, test } from '@jest/globals';
import { ecp } from '../../../server/api/generated/admin.js';
import { readObservation } from './observation.ts';
import type { Observation } from './observation.ts';

type Reply = ConstructorParameters<typeof ecp.admin.v1.StatusReply>[0];

const timeOf = (agoMs: number): string => `${agoMs} ms ago`;
const read = (reply: Reply, before?: Observation): Observation =>
  readObservation(ecp.admin.v1.StatusReply.encode(reply ?? {}).finish(), before, timeOf);

describe('what an instance says', () => {
  test('is taken as it is', () => {
    const said = read({
      name: 'bank-0',
      productVersion: '0.2.0',
      ready: true,
      configurationRevision: 41,
      configurationHash: 'sha256:a',
      needsRestart: ['client'],
      refusedConfiguration: 'databases[0]: no',
      frozen: 'the disk is full',
      databases: [
        { name: 'ACCOUNTS', uuid: 'u', state: 'Mounted', sizeBytes: 1000, usedBytes: 900 },
      ],
      journal: { retainedBytes: 2000, pinnedBytes: 100, segments: 3 },
      appServers: [
        { name: 'teller-0', state: 'Normal', address: '10.1.2.3', entry: 'tellers', inStateMs: 9 },
      ],
      dataServers: [{ name: 'HEAD', state: 'Trouble', failure: 'not listed', inStateMs: 8 }],
    });
    expect(said).toEqual({
      version: '0.2.0',
      isReady: true,
      revision: 41,
      hash: 'sha256:a',
      needsRestart: ['client'],
      refused: 'databases[0]: no',
      frozen: 'the disk is full',
      databases: [
        {
          name: 'ACCOUNTS',
          uuid: 'u',
          state: 'Mounted',
          bytes: 1050,
          freeBytes: 105,
          encryption: undefined,
        },
      ],
      journal: { retainedBytes: 2100, pinnedBytes: 105 },
      appServers: [
        {
          name: 'teller-0',
          state: 'Normal',
          address: '10.1.2.3',
          entry: 'tellers',
          since: '9 ms ago',
        },
      ],
      dataServers: [{ name: 'HEAD', state: 'Trouble', failure: 'not listed', since: '8 ms ago' }],
    });
  });

  test('of nothing is nothing: fields that a reply leaves out are empty', () => {
    expect(read({})).toEqual({
      version: '',
      isReady: false,
      revision: 0,
      hash: '',
      needsRestart: [],
      refused: '',
      frozen: '',
      databases: [],
      journal: undefined,
      appServers: [],
      dataServers: [],
    });
    expect(read({ databases: [{}], dataServers: [{}] })).toMatchObject({
      databases: [
        { name: '', uuid: '', state: '', bytes: 0, freeBytes: undefined, encryption: undefined },
      ],
      dataServers: [{ name: '', state: '', failure: '', since: '0 ms ago' }],
    });
  });

  test('of databases counts for local ones alone', () => {
    const databases = [
      { name: 'LOCAL', dataServer: '' },
      { name: 'ACCOUNTS', dataServer: 'BANK' },
    ];
    expect(read({ databases }).databases.map(({ name }) => name)).toEqual(['LOCAL']);
  });

  test('of free places is left out: they have no name', () => {
    const appServers = [{ name: 'teller-0', state: 'Normal' }, { state: 'Free' }];
    expect(read({ appServers }).appServers.map(({ name }) => name)).toEqual(['teller-0']);
  });
});

test('of encryption the key by its name, and how far it is, in steps', () => {
  const said = (encryption: object) =>
    read({ databases: [{ name: 'A', encryption }] }).databases[0]?.encryption;
  expect(said({ key: 'keys.a', fingerprint: 'f', progress: 0.57 })).toEqual({
    key: 'keys.a',
    tenths: 5,
    problem: '',
  });
  expect(said({ fingerprint: 'f', progress: 1, problem: 'no key' })).toEqual({
    key: 'f',
    tenths: 10,
    problem: 'no key',
  });
});

describe('K15: amounts', () => {
  const said = (sizeBytes: number, retainedBytes: number, before?: Observation): Observation =>
    read({ databases: [{ name: 'A', sizeBytes }], journal: { retainedBytes } }, before);

  test('stay as they were said while they are about right', () => {
    const first = said(1000, 1000);
    expect(said(1040, 1040, first)).toEqual(first);
    // The journal is purged all the time, and grows again.
    expect(said(900, 300, first)).toEqual(first);
    expect(said(2000, 1000, first).databases[0]?.bytes).toBeGreaterThanOrEqual(2000);
    expect(said(500, 1000, first).databases[0]?.bytes).toBeLessThan(600);
    expect(said(1000, 100, first).journal?.retainedBytes).toBeLessThan(200);
  });
});

describe('since when a connection is in its state', () => {
  const both = (state: string, inStateMs: number): Reply => ({
    appServers: [{ name: 'teller-0', state, inStateMs }],
    dataServers: [{ name: 'BANK', state, inStateMs }],
  });
  const sinceOf = ({ appServers, dataServers }: Observation) =>
    [...appServers, ...dataServers].map(({ since }) => since);

  test('is kept while the state is the same, however long it says', () => {
    const first = read(both('Normal', 100));
    const later = read(both('Normal', 3107), first);
    expect(sinceOf(later)).toEqual(['100 ms ago', '100 ms ago']);
    expect(sinceOf(read(both('Normal', 6000), later))).toEqual(['100 ms ago', '100 ms ago']);
    expect(later).toEqual(first);
  });

  test('is new with another state', () => {
    const first = read(both('Normal', 100));
    expect(sinceOf(read(both('Trouble', 5), first))).toEqual(['5 ms ago', '5 ms ago']);
  });

  test('is each connection’s own', () => {
    const first = read(both('Normal', 100));
    const other = read({ dataServers: [{ name: 'OTHER', state: 'Normal', inStateMs: 7 }] }, first);
    expect(sinceOf(other)).toEqual(['7 ms ago']);
    // An app server and a data server of one name are two connections.
    const server = read(
      { dataServers: [{ name: 'teller-0', state: 'Normal', inStateMs: 7 }] },
      first,
    );
    expect(sinceOf(server)).toEqual(['7 ms ago']);
  });
});
