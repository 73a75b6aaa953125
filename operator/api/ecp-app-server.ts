/** EcpAppServer: instances that run applications on databases of data servers (guide §1.3, §2.3). */
import { z } from 'zod';
import { CONNECTIONS_MAX, fieldsOf, listOf } from '../../server/instance/configuration.ts';
import type { Problem } from '../../server/instance/configuration.ts';
import {
  APPLICATION_ROLE_RULES,
  applicationRole,
  applicationTimeouts,
  commonFields,
  databases,
  heartbeat,
  lockTableSize,
  objectMeta,
  specProblems,
} from './fields.ts';
import { API_VERSION, rules } from './schema.ts';
import { appServerService, appServerStorage, appServerUpdateStrategy } from './workload-fields.ts';

export const appServerSpec = z
  .strictObject({
    replicas: z
      .int()
      .min(0)
      .max(CONNECTIONS_MAX)
      .default(1)
      .describe('Instances; leave it out where an autoscaler sets it.'),
    databases: databases(
      'Local databases of each instance, which need storage. It has SYS and TEMP besides.',
    ),
    ...applicationRole,
    timeouts: z
      .strictObject(applicationTimeouts)
      .prefault({})
      .describe('Waits for data servers (table 4-1, §3.2).'),
    heartbeat,
    locks: z
      .strictObject({ tableSize: lockTableSize })
      .prefault({})
      .describe(
        'The lock table of databases that are its own; others are locked at their data server.',
      ),
    ...commonFields,
    storage: appServerStorage,
    updateStrategy: appServerUpdateStrategy,
    service: appServerService,
  })
  .describe('What the app servers are to be.')
  .meta(
    rules(
      {
        rule: 'size(self.databases) == 0 || has(self.storage)',
        message: 'databases need storage: without it they end with their pod',
        fieldPath: '.databases',
      },
      {
        rule: 'has(self.storage) == has(oldSelf.storage)',
        message: 'storage is there from the beginning or never',
        reason: 'FieldValueForbidden',
        fieldPath: '.storage',
      },
      ...APPLICATION_ROLE_RULES,
    ),
  );

export const ecpAppServer = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('EcpAppServer'),
  metadata: objectMeta,
  spec: appServerSpec.prefault({}),
  status: z.unknown().optional(),
});
export type EcpAppServer = z.output<typeof ecpAppServer>;
export type AppServerSpec = EcpAppServer['spec'];

/** Rules across the fields of a spec, in code: paths are relative to the spec. */
export function appServerSpecProblems(spec: unknown): Problem[] {
  const { databases: local, storage } = fieldsOf(spec);
  const lost = storage === undefined && listOf(local).length > 0;
  const message = 'need storage: without it they end with their pod';
  return [...(lost ? [{ path: ['databases'], message }] : []), ...specProblems(spec)];
}
