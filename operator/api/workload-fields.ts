/**
 * What Kubernetes is to run and where it is to keep the data: fields of both kinds that become parts of a
 * StatefulSet and its neighbours. Under `ecp up` they are checked and have no effect.
 */
import { z } from 'zod';
import { CONNECTIONS_MAX, fieldsOf } from '../../server/instance/configuration.ts';
import type { Problem } from '../../server/instance/configuration.ts';
import { annotationMap, BY_NAME, objectName, rules } from './schema.ts';

const SECRETS_MAX = 16;
const RESOURCES_MAX = 16;
const STORAGE_DEFAULT = '10Gi';

export const image = z
  .string()
  .regex(/^[A-Za-z0-9][-A-Za-z0-9._/:@]*$/, { error: 'must be the name of an image' })
  .max(1024);
export const imagePullPolicy = z.enum(['Always', 'IfNotPresent', 'Never']);

const QUANTITY = /^[0-9]+(\.[0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;
const QUANTITY_RULE = 'must be an amount as Kubernetes writes it, such as 500m or 2Gi';
const quantity = z
  .union([z.int().min(0), z.string().max(32)], { error: QUANTITY_RULE })
  .refine((value) => QUANTITY.test(String(value)), { error: QUANTITY_RULE })
  .meta({ 'x-kubernetes-int-or-string': true, pattern: QUANTITY.source, maxLength: 32 });

const amounts = (description: string) =>
  z
    .record(z.string(), quantity)
    .optional()
    .describe(description)
    .meta({ maxProperties: RESOURCES_MAX });

export const resources = z.strictObject({
  requests: amounts('What the node must have free, such as cpu and memory.'),
  limits: amounts('What it may use at most.'),
});

const SIZE = /^[1-9][0-9]{0,5}(Mi|Gi|Ti|M|G|T)$/;
const SIZE_RULE =
  'must be an amount of storage such as 20Gi: a whole number and Mi, Gi, Ti, M, G or T';
const UNITS: Readonly<Record<string, number>> = {
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** Bytes of a volume's size, for comparing; undefined when it is none. */
export function storageBytes(size: unknown): number | undefined {
  if (typeof size !== 'string' || !SIZE.test(size)) return undefined;
  const unit = size.replace(/^[0-9]+/, '');
  return Number(size.slice(0, -unit.length)) * (UNITS[unit] ?? 1);
}

const size = z
  .string()
  .regex(SIZE, { error: SIZE_RULE })
  .default(STORAGE_DEFAULT)
  .describe('Its size; it only grows.')
  .meta({
    maxLength: 8,
    ...rules({
      rule: 'quantity(self).compareTo(quantity(oldSelf)) >= 0',
      message: 'a volume only grows',
      reason: 'FieldValueForbidden',
    }),
  });
const FIXED_CLASS = {
  message: 'the storage class of a volume cannot be changed',
  reason: 'FieldValueForbidden',
} as const;
const storageClassName = objectName
  .optional()
  .describe("Its storage class, by default the cluster's; cannot be changed.")
  .meta(rules({ rule: 'self == oldSelf', ...FIXED_CLASS }));
const SAME_CLASS = {
  rule: 'has(self.storageClassName) == has(oldSelf.storageClassName)',
  ...FIXED_CLASS,
} as const;
const SAME_ACCESS_MODE = {
  rule: 'self.accessMode == oldSelf.accessMode',
  message: 'the access mode of a volume cannot be changed',
  reason: 'FieldValueForbidden',
} as const;

const volume = z.strictObject({
  size,
  storageClassName,
  accessMode: z
    .enum(['ReadWriteOnce', 'ReadWriteOncePod'])
    .default('ReadWriteOnce')
    .describe(
      'ReadWriteOncePod keeps a second pod on the same node away too, where the driver can; cannot be changed.',
    ),
});

const dataVolume = volume
  .prefault({})
  .describe('Volume with the databases of an instance.')
  .meta(rules(SAME_CLASS, SAME_ACCESS_MODE));

const journalVolume = volume
  .optional()
  .describe(
    'A volume of its own for the journal, given from the beginning or never; without it the journal lies with the data.',
  )
  .meta(rules(SAME_CLASS, SAME_ACCESS_MODE));

const retained = (when: string) =>
  z
    .enum(['Retain', 'Delete'])
    .default('Retain')
    .describe(`What happens to volumes when ${when}: Delete loses the data.`);
const whenDeleted = retained('the resource is deleted');

const SAME_VOLUMES = rules({
  rule: 'has(self.journal) == has(oldSelf.journal)',
  message: 'a volume for the journal is there from the beginning or never',
  reason: 'FieldValueForbidden',
});

const retention = <T extends z.core.$ZodShape>(shape: T) =>
  z
    .strictObject(shape)
    .prefault({} as never)
    .describe('Which volumes are deleted; none unless it says so.');

export const dataServerStorage = z
  .strictObject({
    data: dataVolume,
    journal: journalVolume,
    retentionPolicy: retention({ whenDeleted }),
  })
  .prefault({})
  .describe('Volumes of the data server.')
  .meta(SAME_VOLUMES);

export const appServerStorage = z
  .strictObject({
    data: dataVolume,
    journal: journalVolume,
    retentionPolicy: retention({
      whenDeleted,
      whenScaled: retained('there are fewer replicas'),
    }),
  })
  .optional()
  .describe(
    'Volumes of each instance, which local databases need, given from the beginning or never. Without it what an instance has on disk ends with its pod.',
  )
  .meta(SAME_VOLUMES);

const service = <T extends readonly [string, ...string[]]>(types: T, about: string) =>
  z
    .strictObject({
      type: z
        .enum(types)
        .default('ClusterIP' as never)
        .describe(about),
      ipFamilyPolicy: z
        .enum(['SingleStack', 'PreferDualStack', 'RequireDualStack'])
        .optional()
        .describe("IPv4, IPv6 or both; by default the cluster's choice."),
      annotations: annotationMap.default({}).describe('Annotations of the Service.'),
    })
    .prefault({})
    .describe('How it is reached.');

export const dataServerService = service(
  ['ClusterIP'],
  'ClusterIP alone: other types rewrite the address that app servers come from, by which they are admitted (§2.1.1).',
);
export const appServerService = service(
  ['ClusterIP', 'NodePort', 'LoadBalancer'],
  "NodePort and LoadBalancer open the client port and the application's ports outside the cluster.",
);

const strategy = z
  .enum(['RollingUpdate', 'OnDelete'])
  .default('RollingUpdate')
  .describe(
    'RollingUpdate replaces pods when they must change; OnDelete waits until you delete them.',
  );
export const dataServerUpdateStrategy = z
  .strictObject({ type: strategy })
  .prefault({})
  .describe('How pods are replaced.');
export const appServerUpdateStrategy = z
  .strictObject({
    type: strategy,
    maxUnavailable: z
      .int()
      .min(1)
      .max(CONNECTIONS_MAX)
      .default(1)
      .describe('Most pods that are replaced at a time.'),
  })
  .prefault({})
  .describe('How pods are replaced.');

/** Fields of both kinds, alike. */
export const workloadFields = {
  image: image
    .optional()
    .describe("Image of the instances; by default the operator's, kept until it is set here."),
  imagePullPolicy: imagePullPolicy.optional().describe('When the image is fetched.'),
  imagePullSecrets: z
    .array(z.strictObject({ name: objectName.describe('Name of the Secret.') }))
    .max(SECRETS_MAX)
    .default([])
    .describe('Secrets for fetching images, in the namespace of this resource.')
    .meta(BY_NAME),
  resources: resources
    .prefault({})
    .describe('What an instance needs; the memory by default as its caches ask for (§4.3.3).'),
  networkPolicy: z
    .strictObject({
      mode: z
        .enum(['Managed', 'None'])
        .default('Managed')
        .describe(
          'Managed: a NetworkPolicy admits those whom this resource admits; None: no policy.',
        ),
    })
    .prefault({})
    .describe('Who reaches the pods over the network.'),
};

/** What of the volumes may not change, in code; paths start at the spec. */
export function storageChangeProblems(before: unknown, after: unknown): Problem[] {
  const [old, now] = [fieldsOf(before)['storage'], fieldsOf(after)['storage']];
  if ((old === undefined) !== (now === undefined)) {
    return [{ path: ['storage'], message: 'is there from the beginning or never' }];
  }
  const problems: Problem[] = [];
  const [oldVolumes, volumes] = [fieldsOf(old), fieldsOf(now)];
  if ((oldVolumes['journal'] === undefined) !== (volumes['journal'] === undefined)) {
    const message = 'a volume for the journal is there from the beginning or never';
    problems.push({ path: ['storage', 'journal'], message });
  }
  for (const volume of ['data', 'journal']) {
    const [was, is] = [fieldsOf(oldVolumes[volume]), fieldsOf(volumes[volume])];
    if (oldVolumes[volume] === undefined || volumes[volume] === undefined) continue;
    for (const field of ['storageClassName', 'accessMode']) {
      if (was[field] === is[field]) continue;
      problems.push({ path: ['storage', volume, field], message: 'cannot be changed' });
    }
    const [wasBytes, isBytes] = [storageBytes(was['size']), storageBytes(is['size'])];
    if (wasBytes !== undefined && isBytes !== undefined && isBytes < wasBytes) {
      const message = `a volume only grows; it has ${String(was['size'])}`;
      problems.push({ path: ['storage', volume, 'size'], message });
    }
  }
  return problems;
}
