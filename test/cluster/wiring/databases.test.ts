/** Local databases of both kinds, each field by what can be done with the database; changed while it is in use. */
import { expect, test } from '@jest/globals';
import { Peer } from '../support/peer.ts';
import type { CatalogueEntry } from '../support/peer.ts';
import { acceptedText, instanceStatus, shell, shellCommand, tryExec } from '../support/pods.ts';
import type { InstanceStatus } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  resource,
  tryPatchSpec,
  untilReady,
} from '../support/resources.ts';
import type { Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';
import { EVERYBODY, lives, serviceOf } from './common.ts';

const HEARD_MS = 20_000;
const PODS = ['bank-0', 'shop-0'] as const;
const VALUE_BYTES = 20_000;
/** What the journal writes beside a value, at most; and of a change that it does not hold. */
const OVERHEAD_BYTES = 1000;

const SMALL = { name: 'SMALL' };
const LARGE = { name: 'LARGE', blockSize: '64Ki', resource: '%DB_Money' };
const LOOSE = { name: 'LOOSE', journaling: 'Disabled' };

interface Database extends Spec {
  readonly name: string;
}

/** Databases, and for each a namespace of its name. */
const having = (...databases: readonly Database[]): Spec => ({
  databases,
  namespaces: [
    { name: 'USER', defaultDatabase: 'TEMP' },
    ...databases.map(({ name }) => ({ name, defaultDatabase: name })),
  ],
});

test.concurrent(
  'F-D3: databases are as the spec says, and come, go and change while their instance runs',
  story(['databases'], async ({ namespaces: { databases: namespace }, step }) => {
    const of = having(SMALL, LARGE, LOOSE);
    const data = bank(namespace, { ...of, allowedIncoming: EVERYBODY });
    const app = resource('EcpAppServer', namespace, 'shop', { ...of, storage: {} });
    const resources = [data, app];
    const peer = await Peer.start(namespace);
    applyResources(...resources);
    await untilReady(...resources);
    const before = lives(namespace);
    const change = async (...databases: readonly Database[]): Promise<void> => {
      for (const one of resources) patchSpec(one, having(...databases));
      await untilReady(...resources);
      expect(lives(namespace)).toEqual(before);
    };
    const at = (pod: string, database: string, line: string): string =>
      shell(namespace, pod, `ZN "${database}" ${line}`);
    const refusal = (pod: string, database: string, line: string): string => {
      const { ok, stderr } = tryExec(namespace, pod, shellCommand(`ZN "${database}" ${line}`));
      expect(ok).toBe(false);
      return stderr;
    };
    const known = ({ databases }: InstanceStatus) =>
      new Map(databases.map((one) => [one.name, one] as const));
    /** By how much the journal grows with a long value in each of two databases; and the status after that. */
    const journaled = (pod: string): readonly [number, number, InstanceStatus] => {
      const [before, between, after] = [undefined, 'SMALL', 'LOOSE'].map((database) => {
        if (database !== undefined) at(pod, database, `SET ^Long=$JUSTIFY("",${VALUE_BYTES})`);
        return instanceStatus(namespace, pod);
      }) as [InstanceStatus, InstanceStatus, InstanceStatus];
      return [
        between.journalPosition - before.journalPosition,
        after.journalPosition - between.journalPosition,
        after,
      ];
    };

    for (const pod of PODS) {
      const [small, loose, status] = journaled(pod);
      expect(small).toBeGreaterThan(VALUE_BYTES);
      expect(loose).toBeLessThan(OVERHEAD_BYTES);
      expect(known(status).get('SMALL')).toMatchObject({ blockSize: 8192, journaled: true });
      expect(known(status).get('LARGE')).toMatchObject({ blockSize: 65_536, readOnly: false });
      expect(known(status).get('LOOSE')).toMatchObject({ journaled: false });
      at(pod, 'SMALL', 'SET ^Name="SMALL" ZN "LARGE" SET ^Name="LARGE"');
      // Whose permissions decide is not asked before there are users: the name stands in the configuration in force.
      expect(acceptedText(namespace, pod)).toContain('"%DB_Money"');
    }
    peer.dial(serviceOf(namespace, 'bank'), 'reader');
    const { detail } = await peer.first('reader', HEARD_MS, 'welcome');
    expect(detail as CatalogueEntry[]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'SMALL', blockSize: 8192, resource: '%DB_SMALL' }),
        expect.objectContaining({ name: 'LARGE', blockSize: 65_536, resource: '%DB_Money' }),
      ]),
    );
    for (const one of resources) {
      const other = having(SMALL, { ...LARGE, blockSize: '32Ki' }, LOOSE);
      const { stderr } = tryPatchSpec(one, other);
      expect(stderr).toContain('the block size of a database cannot be changed');
    }

    step('read-only, and journaled the other way round');
    const readOnly = { ...LARGE, access: 'ReadOnly' };
    await change({ ...SMALL, journaling: 'Disabled' }, readOnly, {
      ...LOOSE,
      journaling: 'Enabled',
    });
    for (const pod of PODS) {
      expect(refusal(pod, 'LARGE', 'SET ^Name="other"')).toContain('PROTECT');
      expect(at(pod, 'LARGE', 'WRITE ^Name')).toBe('LARGE');
      const [small, loose, status] = journaled(pod);
      expect(small).toBeLessThan(OVERHEAD_BYTES);
      expect(loose).toBeGreaterThan(VALUE_BYTES);
      expect(known(status).get('LARGE')).toMatchObject({ readOnly: true });
    }

    step('dismounted, and one more');
    await change({ ...SMALL, state: 'Dismounted' }, LARGE, LOOSE, { name: 'NEW' });
    for (const pod of PODS) {
      expect(refusal(pod, 'SMALL', 'WRITE ^Name')).toContain('SMALL');
      const line = 'SET ^Name="changed" WRITE ^Name ZN "NEW" SET ^Name=" new" WRITE ^Name';
      expect(at(pod, 'LARGE', line)).toBe('changed new');
      const { databases: all } = instanceStatus(namespace, pod);
      expect(all).toContainEqual(expect.objectContaining({ name: 'SMALL', state: 'Dismounted' }));
    }

    step('mounted again, and the one more is taken away');
    await change(SMALL, LARGE, LOOSE, { name: 'NEW', state: 'Dismounted' });
    await change(SMALL, LARGE, LOOSE);
    for (const pod of PODS) {
      expect(at(pod, 'SMALL', 'WRITE ^Name')).toBe('SMALL');
      expect(refusal(pod, 'NEW', 'WRITE ^Name')).toContain('NAMESPACE');
    }
  }),
);
