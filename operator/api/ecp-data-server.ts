/** EcpDataServer: an instance that owns databases and serves them to app servers (guide §1.3, §2.1). */
import { z } from 'zod';
import {
  connectionCount,
  duplicateNames,
  ECP_PORT,
  entryName,
  exactlyOne,
  fieldsOf,
  hostName,
  incomingPolicy,
  INCOMING_ENTRIES_MAX,
  listOf,
  lockCount,
  patternProblem,
  port,
} from '../../server/instance/configuration.ts';
import type { Problem } from '../../server/instance/configuration.ts';
import { OWN_PORTS } from './application.ts';
import {
  APPLICATION_ROLE_RULES,
  applicationRole,
  applicationTimeouts,
  commonFields,
  databases,
  heartbeat,
  labelSelector,
  lockTableSize,
  memoryField,
  objectMeta,
  seconds,
  specProblems,
} from './fields.ts';
import { API_VERSION, BY_NAME, dnsLabel, rules } from './schema.ts';
import {
  dataServerService,
  dataServerStorage,
  dataServerUpdateStrategy,
} from './workload-fields.ts';

const namespaces = z
  .strictObject({
    from: z
      .enum(['Same', 'Selector', 'All'])
      .default('Same')
      .describe("Same: the data server's own; Selector: those with labels; All: every one."),
    selector: labelSelector.optional().describe('With from Selector: labels of the namespaces.'),
  })
  .prefault({})
  .describe('Kubernetes namespaces that the app servers may be in.')
  .meta(
    rules({
      rule: "(self.from == 'Selector') == has(self.selector)",
      message: 'selector goes with from Selector',
    }),
  );

const appServers = z
  .strictObject({
    name: dnsLabel
      .max(40)
      .optional()
      .describe('Name of one EcpAppServer, or EcpDataServer with both roles.'),
    selector: labelSelector.optional().describe('Labels of such resources (not of pods).'),
    namespaces,
  })
  .describe(
    'Admits the instances of EcpAppServers as they come and go. This is the grant: in other namespaces nothing more is needed, and nothing less will do.',
  )
  .meta(
    rules({
      rule: 'has(self.name) != has(self.selector)',
      message: 'exactly one of name and selector',
    }),
  );

const incomingEntry = z
  .strictObject({
    name: entryName.describe('What refusals and metrics call this entry.').meta({ maxLength: 63 }),
    appServers: appServers.optional(),
    address: z
      .string()
      .max(64)
      .optional()
      .describe('One address, or a range as in 18.61.202-210.* (§2.1.1).'),
    cidr: z.string().max(64).optional().describe('A CIDR block, as in 10.8.0.0/16.'),
    host: hostName
      .optional()
      .describe('A host name, resolved anew for each connection.')
      .meta({ maxLength: 255 }),
  })
  .meta(
    rules({
      rule: '[has(self.address), has(self.cidr), has(self.host), has(self.appServers)].exists_one(x, x)',
      message: 'exactly one of address, cidr, host and appServers',
    }),
  );

export const dataServerSpec = z
  .strictObject({
    ecpService: z
      .enum(['Enabled', 'Disabled'])
      .default('Enabled')
      .describe('The ECP service switch: Disabled refuses every incoming connection (§2.1).'),
    port: port
      .default(ECP_PORT)
      .describe('Port for app servers; `ecp up` takes another one where it is in use.'),
    maxAppServers: connectionCount
      .default(1)
      .describe('Most app servers connected at a time, every replica counted (§2.1).'),
    incomingPolicy: incomingPolicy
      .default('Listed')
      .describe(
        'Listed admits who is in allowedIncoming, nobody if it is empty; Any admits everyone (§2.1.1).',
      ),
    allowedIncoming: z
      .array(incomingEntry)
      .max(INCOMING_ENTRIES_MAX)
      .default([])
      .describe('Who may connect as an app server, under policy Listed.')
      .meta(BY_NAME),
    databases: databases('Databases of this data server. It has SYS and TEMP besides.'),
    bufferPoolSize: memoryField(
      'Memory for blocks; what app servers make it remember comes on top (§4.3.3). By default 64Mi.',
    ),
    ...applicationRole,
    timeouts: z
      .strictObject({
        troubledSeconds: seconds(
          'troubledSeconds',
          'How long the session of a silent app server is kept (Time interval for Troubled state).',
        ),
        sessionRecoverySeconds: seconds(
          'sessionRecoverySeconds',
          'After a start: how long remembered app servers may take to come back.',
        ),
        ...applicationTimeouts,
      })
      .prefault({})
      .describe('Waits of both roles (table 4-1, §3.2).'),
    heartbeat,
    locks: z
      .strictObject({
        tableSize: lockTableSize,
        perAppServer: lockCount
          .optional()
          .describe(
            'Those of the jobs of one app server: who takes more is refused with <LOCKTABLEFULL>, and nobody else. By default half of the table. Changed live.',
          ),
      })
      .prefault({})
      .describe('The lock table, for jobs of app servers and of the data server itself.'),
    ...commonFields,
    storage: dataServerStorage,
    updateStrategy: dataServerUpdateStrategy,
    service: dataServerService,
  })
  .describe('What the data server is to be.')
  .meta(
    rules(
      {
        rule: "self.incomingPolicy == 'Listed' || size(self.allowedIncoming) == 0",
        message: 'allowedIncoming must be empty under incomingPolicy Any, which admits everyone',
        fieldPath: '.allowedIncoming',
      },
      {
        rule: `!(self.port in ${JSON.stringify(OWN_PORTS)})`,
        message: `the instance listens on ${OWN_PORTS.join(', ')} for others`,
        fieldPath: '.port',
      },
      {
        rule: '!has(self.application) || self.application.ports.all(p, p.containerPort != self.port)',
        message: 'a port of the application is the one for app servers',
        fieldPath: '.application.ports',
      },
      ...APPLICATION_ROLE_RULES,
    ),
  );

export const ecpDataServer = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('EcpDataServer'),
  metadata: objectMeta,
  spec: dataServerSpec.prefault({}),
  status: z.unknown().optional(),
});
export type EcpDataServer = z.output<typeof ecpDataServer>;
export type DataServerSpec = EcpDataServer['spec'];
export type AppServersEntry = z.output<typeof appServers>;

/** Rules across the fields of a spec, in code: paths are relative to the spec. */
export function dataServerSpecProblems(spec: unknown): Problem[] {
  const fields = fieldsOf(spec);
  const entries = listOf(fields['allowedIncoming']);
  const problems = entries.flatMap((entry, i) => entryProblems(entry, ['allowedIncoming', i]));
  if (fields['incomingPolicy'] === 'Any' && entries.length > 0) {
    const message = 'must be empty under incomingPolicy Any, which admits everyone';
    problems.push({ path: ['allowedIncoming'], message });
  }
  return [
    ...duplicateNames(entries, 'allowedIncoming'),
    ...problems,
    ...portProblems(fields),
    ...specProblems(spec),
  ];
}

function portProblems(fields: Readonly<Record<string, unknown>>): Problem[] {
  const { port: own = ECP_PORT } = fields;
  const problems: Problem[] = [];
  if (OWN_PORTS.some((other) => other === own)) {
    const message = `is one of ${OWN_PORTS.join(', ')}, where the instance listens for others`;
    problems.push({ path: ['port'], message });
  }
  for (const [i, { containerPort }] of listOf(fieldsOf(fields['application'])['ports']).entries()) {
    if (containerPort !== own) continue;
    const path = ['application', 'ports', i, 'containerPort'];
    problems.push({ path, message: 'is the port for app servers' });
  }
  return problems;
}

function entryProblems(entry: Readonly<Record<string, unknown>>, path: Problem['path']): Problem[] {
  const problems = exactlyOne(entry, ['address', 'cidr', 'host', 'appServers'], path);
  const wrong = patternProblem(entry);
  if (wrong !== undefined) problems.push({ path, message: wrong });
  if (entry['appServers'] === undefined) return problems;
  const selected = fieldsOf(entry['appServers']);
  const at = [...path, 'appServers'];
  problems.push(...exactlyOne(selected, ['name', 'selector'], at));
  const { from, selector } = fieldsOf(selected['namespaces']);
  if ((from === 'Selector') !== (selector !== undefined)) {
    problems.push({ path: [...at, 'namespaces'], message: 'selector goes with from Selector' });
  }
  return problems;
}
