/** EcpAppServer: instances that run applications on databases of data servers (guide §1.3, §2.3). */
import { z } from 'zod';
import { CONNECTIONS_MAX } from '../../server/instance/configuration.ts';
import type { Problem } from '../../server/instance/configuration.ts';
import {
  API_VERSION,
  APPLICATION_ROLE_RULES,
  applicationRole,
  applicationTimeouts,
  databases,
  heartbeat,
  objectMeta,
  rules,
  specProblems,
} from './fields.ts';

export const appServerSpec = z
  .strictObject({
    replicas: z
      .int()
      .min(0)
      .max(CONNECTIONS_MAX)
      .default(1)
      .describe('Instances; leave it out where an autoscaler sets it.'),
    databases: databases('Local databases of each instance. It has SYS and TEMP besides.'),
    ...applicationRole,
    timeouts: z
      .strictObject(applicationTimeouts)
      .prefault({})
      .describe('Waits for data servers (table 4-1, §3.2).'),
    heartbeat,
  })
  .describe('What the app servers are to be.')
  .meta(rules(...APPLICATION_ROLE_RULES));

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
  return specProblems(spec);
}
