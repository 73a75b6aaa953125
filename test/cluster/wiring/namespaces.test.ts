/** Where a SET lands: namespaces and their mappings, on local and on remote databases, and changed live. */
import { expect, test } from '@jest/globals';
import { shell } from '../support/pods.ts';
import { applyResources, bank, patchSpec, teller, untilReady } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { lives } from './common.ts';

const DATABASES = ['ONE', 'TWO', 'THREE'] as const;
type Databases = (typeof DATABASES)[number];

/** Global references, and how they are looked for. */
const GLOBALS = ['^Plain', '^Audit', '^LogBook', '^Cust(5)', '^Cust(10)', '^Cust("x")'] as const;

const MAPPINGS = [
  { global: 'Audit', database: 'TWO' },
  { global: 'Log*', database: 'THREE' },
  { global: 'Cust', subscripts: { from: '1', to: '10' }, database: 'TWO' },
];

/** USER maps; the others are named after the database that they are. */
const namespaces = (defaultDatabase: Databases, mappings: readonly object[]) => [
  { name: 'USER', defaultDatabase, mappings },
  ...DATABASES.map((name) => ({ name, defaultDatabase: name })),
];

test.concurrent(
  'F-K4: a SET lands where the most specific mapping says, on both kinds, and elsewhere when it changes',
  story(['mapped'], async ({ namespaces: { mapped: namespace }, step }) => {
    const data = bank(namespace, {
      databases: DATABASES.map((name) => ({ name })),
      namespaces: namespaces('ONE', MAPPINGS),
    });
    const app = teller(namespace, {
      replicas: 1,
      remoteDatabases: DATABASES.map((name) => ({ name, dataServer: 'BANK', database: name })),
      namespaces: namespaces('ONE', MAPPINGS),
    });
    applyResources(data, app);
    await untilReady(data, app);
    const before = lives(namespace);

    /** Sets every global in USER on one instance, and looks on the data server into which database each went. */
    const landed = (pod: string): string => {
      const clear = DATABASES.map((name) => `ZN "${name}" KILL ^Plain,^Audit,^LogBook,^Cust`);
      shell(namespace, 'bank-0', clear.join(' '));
      shell(namespace, pod, `SET ${GLOBALS.map((one) => `${one}=1`).join(',')}`);
      const looks = GLOBALS.map((one) => `($DATA(${one})>0)`).join('_');
      const found = DATABASES.map((name) => `ZN "${name}" WRITE ${looks},"/"`);
      return shell(namespace, 'bank-0', found.join(' '));
    };
    for (const pod of ['bank-0', 'teller-0']) {
      expect(landed(pod)).toBe(['100011', '010100', '001000', ''].join('/'));
    }

    step('the mappings are others, and so is the default');
    const others = [
      { global: 'Audit', database: 'THREE' },
      { global: 'Cust', subscripts: { from: '10', to: 'y' }, database: 'ONE' },
    ];
    for (const one of [data, app]) patchSpec(one, { namespaces: namespaces('TWO', others) });
    await untilReady(data, app);
    for (const pod of ['bank-0', 'teller-0']) {
      expect(landed(pod)).toBe(['000011', '101100', '010000', ''].join('/'));
    }
    expect(lives(namespace)).toEqual(before);
  }),
);
