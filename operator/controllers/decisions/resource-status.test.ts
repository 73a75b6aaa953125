import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  IMAGE,
  appServer,
  dataServer,
  facts,
  observed,
  pod,
  settledSet,
  topologyOf,
} from '../../../test/support/decision-samples.ts';
import { appServerStatus, dataServerStatus } from '../../api/status.ts';
import type { EcpAppServerStatus, EcpDataServerStatus } from '../../api/status.ts';
import type { Facts } from './facts.ts';
import type { ObservedAppServer } from './observation.ts';
import { judge } from './readiness.ts';
import { says, statusOf } from './resource-status.ts';

const NOW = '2026-01-01T12:00:00Z';
const EARLIER = '2026-01-01T09:00:00Z';
const BANK = dataServer({
  maxAppServers: 8,
  allowedIncoming: [{ name: 'dc', cidr: '10.0.0.0/8' }],
  databases: [{ name: 'ACCOUNTS' }],
  storage: { data: { size: '20Gi' } },
});
const TELLER = appServer(
  {
    replicas: 2,
    dataServers: [
      { name: 'BANK', dataServerRef: { name: 'bank' } },
      { name: 'OLD', host: 'old.example.org' },
    ],
  },
  { name: 'teller' },
);

/** Throws where a field is none of the definition's. */
function ofDataServer(more: Partial<Facts> = {}): EcpDataServerStatus {
  const given = facts(BANK, more);
  return dataServerStatus.parse(statusOf(given, judge(given), undefined, NOW));
}
function ofAppServer(more: Partial<Facts> = {}): EcpAppServerStatus {
  const given = facts(TELLER, { topology: topologyOf(TELLER, [BANK]), ...more });
  return appServerStatus.parse(statusOf(given, judge(given), undefined, NOW));
}

const peer = (name: string, more: Partial<ObservedAppServer> = {}): ObservedAppServer => ({
  name,
  state: 'Normal',
  address: '10.1.2.3',
  entry: 'dc',
  since: EARLIER,
  ...more,
});

describe('the status of a data server', () => {
  test('has what its definition has, from what there is', () => {
    const said = observed(0, {
      databases: [
        {
          name: 'ACCOUNTS',
          uuid: 'u1',
          state: 'Mounted',
          bytes: 3 * 2 ** 30,
          freeBytes: 2 ** 20,
          encryption: { key: 'keys.a', tenths: 4, problem: '' },
        },
        {
          name: 'SYS',
          uuid: '',
          state: 'Mounted',
          bytes: 0,
          freeBytes: undefined,
          encryption: undefined,
        },
      ],
      journal: { retainedBytes: 90 * 2 ** 20, pinnedBytes: 0 },
      appServers: [peer('teller-1', { state: 'Trouble' }), peer('teller-0')],
    });
    const claim = {
      name: 'data-bank-0',
      volume: 'data' as const,
      ordinal: 0,
      ownerUid: 'u',
      requested: '10Gi',
      capacity: '10Gi',
      said: [],
    };
    const status = ofDataServer({
      pods: [said],
      claims: [claim],
      podUidOf: (instance) => (instance === 'teller-0' ? 'uid-of-teller-0' : undefined),
    });
    expect(status).toMatchObject({
      observedGeneration: 3,
      endpoint: 'bank.data.svc:1972',
      version: '0.2.0',
      image: IMAGE,
      configuration: {
        desiredRevision: 7,
        observedRevision: 7,
        observedConfigHash: 'sha256:seven',
      },
      databases: [
        {
          name: 'ACCOUNTS',
          uuid: 'u1',
          state: 'Mounted',
          size: '3Gi',
          free: '1Mi',
          encryption: 'keys.a, 40 % so far',
        },
        { name: 'SYS', state: 'Mounted' },
      ],
      journal: { retained: '90Mi', pinned: '0' },
      volumes: [{ claimName: 'data-bank-0', name: 'data', requested: '20Gi', capacity: '10Gi' }],
      references: [],
      allowedIncoming: [{ name: 'dc', addresses: 1 }],
      connections: {
        limit: 8,
        requested: 0,
        connected: 1,
        summary: '1/8',
        peers: [
          { ...peer('teller-0'), podUID: 'uid-of-teller-0' },
          peer('teller-1', { state: 'Trouble' }),
        ],
      },
    });
    expect(status.databases?.[1]).not.toHaveProperty('uuid');
    expect(status.databases?.[1]).not.toHaveProperty('size');
  });

  test('says little while nothing runs, and nothing wrong', () => {
    const status = ofDataServer({ set: undefined, pods: [], configuration: undefined });
    expect(status).toMatchObject({
      endpoint: 'bank.data.svc:1972',
      configuration: {},
      databases: [],
      volumes: [],
      connections: { limit: 8, connected: 0, summary: '0/8', peers: [] },
    });
    expect(status).not.toHaveProperty('version');
    expect(status).not.toHaveProperty('journal');
    expect(status.configuration).toEqual({});
  });

  test('has as many peers as the definition takes', () => {
    const appServers = Array.from({ length: 300 }, (_, i) => peer(`teller-${1000 + i}`));
    const status = ofDataServer({ pods: [observed(0, { appServers })] });
    expect(status.connections?.peers).toHaveLength(254);
  });

  test('K15: is the same for the same, in whatever order instances say it', () => {
    const appServers = [peer('a-0'), peer('b-0'), peer('b-1')];
    const one = ofDataServer({ pods: [observed(0, { appServers })] });
    expect(ofDataServer({ pods: [observed(0, { appServers: appServers.toReversed() })] })).toEqual(
      one,
    );
  });
});

describe('the status of app servers', () => {
  const said = (ordinal: number, name: string, state = 'Normal') =>
    observed(
      ordinal,
      { dataServers: [{ name, state, failure: '', since: EARLIER }] },
      { name: `teller-${ordinal}` },
    );

  test('has what its definition has, from what there is', () => {
    const pods = [said(1, 'BANK', 'Connecting'), said(0, 'BANK')];
    const status = ofAppServer({ pods, set: settledSet(2, { ready: 1, updated: 1, present: 3 }) });
    expect(status).toMatchObject({
      endpoint: 'teller.data.svc:1973',
      replicas: 3,
      readyReplicas: 1,
      updatedReplicas: 1,
      selector: 'ecp.dev/app-server=teller',
      references: [
        { name: 'BANK', target: 'data/bank', resolved: true },
        { name: 'OLD', target: 'old.example.org', resolved: true },
      ],
      connections: {
        desired: 4,
        connected: 1,
        summary: '1/4',
        peers: [
          { pod: 'teller-0', dataServer: 'BANK', state: 'Normal', since: EARLIER },
          { pod: 'teller-1', dataServer: 'BANK', state: 'Connecting', since: EARLIER },
        ],
      },
    });
  });

  test('counts nothing while there is no StatefulSet', () => {
    expect(ofAppServer({ set: undefined, pods: [] })).toMatchObject({
      replicas: 0,
      readyReplicas: 0,
      updatedReplicas: 0,
      connections: { desired: 4, connected: 0, summary: '0/4', peers: [] },
    });
  });

  test('names no endpoint where there is no configuration to say the port', () => {
    const topology = { ...topologyOf(TELLER), configuration: undefined };
    expect(ofAppServer({ topology })).not.toHaveProperty('endpoint');
  });
});

describe('of several instances', () => {
  test('the lowest version and revision count, and the hash that all have', () => {
    const behind = { version: '0.1.0', revision: 6, hash: 'sha256:six' };
    const status = ofAppServer({ pods: [observed(0), observed(1, behind)] });
    expect(status.version).toBe('0.1.0');
    expect(status.configuration).toEqual({ desiredRevision: 7, observedRevision: 6 });
  });

  test('fields that wait for a restart are said once', () => {
    const pods = [
      observed(0, { needsRestart: ['metrics', 'client'] }),
      observed(1, { needsRestart: ['client'] }),
    ];
    expect(ofAppServer({ pods }).configuration?.needsRestart).toEqual(['client', 'metrics']);
  });

  test('databases are those of the first that answers', () => {
    const silent = { pod: pod(0), observation: undefined };
    const second = observed(1, {
      databases: [
        {
          name: 'LOCAL',
          uuid: 'u',
          state: 'Mounted',
          bytes: 1,
          freeBytes: undefined,
          encryption: undefined,
        },
      ],
    });
    const third = observed(2, {
      databases: [
        {
          name: 'OTHER',
          uuid: 'v',
          state: 'Mounted',
          bytes: 1,
          freeBytes: undefined,
          encryption: undefined,
        },
      ],
    });
    const status = ofAppServer({ pods: [third, second, silent] });
    expect(status.databases?.map(({ name }) => name)).toEqual(['LOCAL']);
  });
});

describe('conditions in a status', () => {
  test('keep their time while their status is the same', () => {
    const given = facts(BANK);
    const before = statusOf(given, judge(given), undefined, EARLIER);
    const set = settledSet(1, { ready: 0, isSettled: false });
    const broken = facts(BANK, { set });
    const status = statusOf(broken, judge(broken), before, NOW);
    const timeOf = (type: string) =>
      status.conditions?.find((condition) => condition.type === type)?.lastTransitionTime;
    expect(timeOf('Ready')).toBe(NOW);
    expect(timeOf('Degraded')).toBe(EARLIER);
    expect(status.conditions?.every(({ observedGeneration }) => observedGeneration === 3)).toBe(
      true,
    );
  });
});

describe('no field is written that the definition lacks', () => {
  const word = fc.constantFrom('', 'a', 'tellers', 'sha256:x');
  const time = fc.constant(EARLIER);
  const said = fc.record({
    version: fc.constantFrom('0.1.0', '0.2.0', 'dev', ''),
    isReady: fc.boolean(),
    revision: fc.nat(2 ** 31),
    hash: word,
    needsRestart: fc.array(word, { maxLength: 2 }),
    refused: word,
    frozen: word,
    databases: fc.array(
      fc.record({
        name: word,
        uuid: word,
        state: word,
        bytes: fc.nat(),
        freeBytes: fc.option(fc.nat(), { nil: undefined }),
        encryption: fc.option(fc.record({ key: word, tenths: fc.nat(10), problem: word }), {
          nil: undefined,
        }),
      }),
      {
        maxLength: 2,
      },
    ),
    journal: fc.option(fc.record({ retainedBytes: fc.nat(), pinnedBytes: fc.nat() }), {
      nil: undefined,
    }),
    appServers: fc.array(
      fc.record({ name: word, state: word, address: word, entry: word, since: time }),
      { maxLength: 3 },
    ),
    dataServers: fc.array(fc.record({ name: word, state: word, failure: word, since: time }), {
      maxLength: 3,
    }),
  });
  const claim = fc.record({
    name: fc.constantFrom('data-bank-0', 'journal-bank-0'),
    volume: fc.constantFrom('data' as const, 'journal' as const),
    ordinal: fc.nat(3),
    ownerUid: fc.option(fc.constant('u'), { nil: undefined }),
    requested: fc.constantFrom('20Gi', ''),
    capacity: fc.option(fc.constant('20Gi'), { nil: undefined }),
    said: fc.constant([]),
  });
  const given = fc.record({
    pods: fc
      .array(fc.option(said, { nil: undefined }), { maxLength: 3 })
      .map((list) => list.map((observation, i) => ({ pod: pod(i), observation }))),
    claims: fc.array(claim, { maxLength: 2 }),
    set: fc.constantFrom(undefined, settledSet(1), settledSet(2, { ready: 1, isSettled: false })),
    podUidOf: fc.constantFrom(
      () => undefined,
      () => 'u',
    ),
  });

  test('whatever instances say', () => {
    fc.assert(
      fc.property(given, (more) => {
        ofDataServer(more);
        ofAppServer(more);
      }),
    );
  });
});

describe('a status says already what is wanted', () => {
  test('when every field that is wanted is there, and others’ fields beside them', () => {
    expect(says({ a: 1, b: { c: 'x', d: 2 } }, { a: 1, b: { c: 'x' } })).toBe(true);
    expect(says({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect(says({ a: 1, other: 2 }, {})).toBe(true);
  });

  test('when every element that is wanted is there, in any order', () => {
    const status = {
      list: [
        { name: 'b', n: 2 },
        { name: 'a', n: 1, more: 'x' },
      ],
    };
    expect(says(status, { list: [{ name: 'a', n: 1 }, { name: 'b' }] })).toBe(true);
    expect(says(status, { list: [{ name: 'a', n: 2 }] })).toBe(false);
    expect(says(status, { list: [{ name: 'c' }] })).toBe(false);
  });

  test.each([
    [undefined, { a: 1 }],
    [null, { a: 1 }],
    ['text', { a: 1 }],
    [{ a: 1 }, { a: 2 }],
    [{ a: '1' }, { a: 1 }],
    [{}, { a: 1 }],
    [{ a: {} }, { a: { b: 1 } }],
    [{ a: 'x' }, { a: ['x'] }],
    [{ a: { 0: 'x' } }, { a: ['x'] }],
    [{ a: null }, { a: {} }],
  ])('and not %j for %j', (status, wanted) => {
    expect(says(status, wanted)).toBe(false);
  });

  test('of itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(says(value, value)).toBe(true);
        expect(says({ value }, { value })).toBe(true);
      }),
    );
  });
});
