/**
 * What the operator found: the status of both kinds. Every field is optional, since a status is filled step
 * by step; none counts what happens all the time, so that a status is written at transitions only (rule K15).
 */
import { z } from 'zod';
import { CONNECTIONS_MAX } from '../../server/instance/configuration.ts';
import { CONDITION_TYPES } from './conditions.ts';
import { BY_NAME } from './schema.ts';

const WORD_LENGTH_MAX = 1024;
const MESSAGE_LENGTH_MAX = 32_768;

const text = (description: string) => z.string().optional().describe(description);
const count = (description: string) => z.int().min(0).optional().describe(description);
const int64 = { format: 'int64' } as const;
const time = (description: string) =>
  z.string().optional().describe(description).meta({ format: 'date-time' });
const listOf = <T extends z.core.$ZodShape>(shape: T, description: string) =>
  z.array(z.strictObject(shape)).optional().describe(description);

const condition = z.strictObject({
  type: z
    .string()
    .max(316)
    .describe(`What it speaks of: ${CONDITION_TYPES.join(', ')}.`),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds.'),
  reason: z.string().max(WORD_LENGTH_MAX).describe('Why, in one word for programs.'),
  message: z.string().max(MESSAGE_LENGTH_MAX).describe('Why, in words for people.'),
  lastTransitionTime: z
    .string()
    .describe('When its status changed last.')
    .meta({ format: 'date-time' }),
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('Generation of the spec that it was found for.')
    .meta(int64),
});

const common = {
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('Generation of the spec that was acted on last.')
    .meta(int64),
  conditions: z
    .array(condition)
    .optional()
    .describe('What holds and what does not, each with its reason.')
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] }),
  endpoint: text('Where clients reach it inside the cluster: host and port.'),
  version: text('Version that the instances run; the lowest of them.'),
  image: text('Image that the instances are to run.'),
  configuration: z
    .strictObject({
      desiredRevision: count('Revision that was stored last.'),
      observedRevision: count('Lowest revision that a running instance has in force.'),
      observedConfigHash: text('Digest of the configuration that all instances have in force.'),
      needsRestart: z
        .array(z.string())
        .optional()
        .describe('Fields that instances take up only when they start next.')
        .meta({ 'x-kubernetes-list-type': 'atomic' }),
    })
    .optional()
    .describe('How far the configuration has come; instances follow it without a restart.'),
  databases: listOf(
    {
      name: z.string().describe('Name of the database.'),
      uuid: text('Its identity on disk, of the first instance.'),
      state: text('Mounted, Dismounted, or what keeps it from being so.'),
      size: text('What it takes on disk, about.'),
      free: text('Of that, what holds nothing and takes what comes next, about.'),
      encryption: text(
        'Name of its key, `secret.key`; how much of it is encrypted anew, or why it has not the key that it should have.',
      ),
    },
    'Local databases as the first instance has them.',
  ).meta(BY_NAME),
  journal: z
    .strictObject({
      retained: text('What the segments take that there are.'),
      pinned: text('What open transactions keep from being purged.'),
    })
    .optional()
    .describe('The journal as the first instance has it, in amounts that are about right.'),
  volumes: listOf(
    {
      claimName: z.string().describe('Name of the PersistentVolumeClaim.'),
      name: text('data or journal.'),
      requested: text('Size asked for.'),
      capacity: text('Size that there is.'),
    },
    'Volumes of the instances.',
  ).meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['claimName'] }),
  references: listOf(
    {
      name: z.string().describe('Logical name of the data server.'),
      target: text('What it is: namespace/name of an EcpDataServer, or a host.'),
      resolved: z.boolean().optional().describe('Whether instances know where it is.'),
    },
    'Data servers that the spec names.',
  ).meta(BY_NAME),
};

const state = text('State of the connection, in the words of the guide (§3.1), such as Normal.');
const since = time('Since when it is in this state.');

export const dataServerStatus = z
  .strictObject({
    ...common,
    connections: z
      .strictObject({
        limit: count('maxAppServers.'),
        requested: count('Connections that app servers in the cluster ask for.'),
        connected: count('App servers that are connected.'),
        summary: text('Connected against the limit, as in 3/8.'),
        peers: listOf(
          {
            name: z.string().describe('Name of the app server, such as branch/teller-0.'),
            podUID: text('Its pod, where the operator knows it.'),
            address: text('Address that it comes from.'),
            entry: text('Entry of allowedIncoming that admits it.'),
            state,
            since,
          },
          'App servers with a session.',
        )
          .meta(BY_NAME)
          .meta({ maxItems: CONNECTIONS_MAX }),
      })
      .optional()
      .describe('App servers against the maximum.'),
    allowedIncoming: listOf(
      {
        name: z.string().describe('Name of the entry.'),
        addresses: count('Addresses that it stands for now.'),
      },
      'What the entries of allowedIncoming come to.',
    ).meta(BY_NAME),
  })
  .describe('What was found.');

export const appServerStatus = z
  .strictObject({
    ...common,
    replicas: count('Instances that there are.'),
    readyReplicas: count('Instances that serve.'),
    updatedReplicas: count('Instances that are as the spec says now.'),
    selector: text('Labels of the pods, for autoscalers.'),
    connections: z
      .strictObject({
        desired: count('Connections that the instances may make: instances times data servers.'),
        connected: count('Connections that there are; they are made on first use.'),
        summary: text('Connected against desired, as in 4/4.'),
        peers: z
          .array(
            z.strictObject({
              pod: z.string().describe('Name of the pod.'),
              dataServer: z.string().describe('Logical name of the data server.'),
              state,
              since,
            }),
          )
          .max(CONNECTIONS_MAX)
          .optional()
          .describe('Connections of the instances.')
          .meta({
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['pod', 'dataServer'],
          }),
      })
      .optional()
      .describe('Connections to data servers.'),
  })
  .describe('What was found.');

export type EcpDataServerStatus = z.output<typeof dataServerStatus>;
export type EcpAppServerStatus = z.output<typeof appServerStatus>;
