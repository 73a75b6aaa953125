/** What users bring: a module with its variables and ports, and containers with all that they may say of theirs. */
import { expect, test } from '@jest/globals';
import { apply, eventually, kubectl } from '../support/kubectl.ts';
import { BANK_IMAGE, BANK_MODULE, IMAGE } from '../support/images.ts';
import { exec, nodeCommand, podOf } from '../support/pods.ts';
import {
  applyResources,
  bank,
  patchSpec,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import { story } from '../support/story.ts';
import { serviceOf } from './common.ts';

const PODS = ['bank-0', 'teller-0'] as const;
const BOTH = ['bank', 'teller'] as const;
const PORT = 8090;
const UDP_PORT = 8091;
const STARTED_MS = 90_000;
const MIB = 1024 * 1024;

const secret = (namespace: string, name: string, stringData: object): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
  stringData,
});
const configMap = (namespace: string, name: string, data: object): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

/** Variables from everywhere that they can come from, some of which is not there. */
const SOURCES = {
  env: [
    { name: 'PLAIN', value: 'said' },
    { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'keys', key: 'word' } } },
    { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'settings', key: 'colour' } } },
    { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'NO_SECRET', valueFrom: { secretKeyRef: absent('word') } },
    { name: 'NO_CONFIG', valueFrom: { configMapKeyRef: absent('colour') } },
  ],
  envFrom: [
    { prefix: 'S_', secretRef: { name: 'keys' } },
    { prefix: 'C_', configMapRef: { name: 'settings' } },
    { secretRef: { name: 'absent', optional: true } },
    { configMapRef: { name: 'absent', optional: true } },
  ],
};

function absent(key: string): object {
  return { name: 'absent', key, optional: true };
}

const sources = (namespace: string): object[] => [
  secret(namespace, 'keys', { word: 'open' }),
  configMap(namespace, 'settings', { colour: 'green' }),
];

/** What comes of them in a pod. */
const variables = (pod: string): string[] => [
  ...['SECRET=open', 'CONFIG=green', `FIELD=${pod}`],
  ...['S_word=open', 'C_colour=green'],
];

test.concurrent(
  'F-K13: a module runs in every instance of both kinds with its variables and ports',
  story(['module'], async ({ namespaces: { module: namespace }, step }) => {
    apply(sources(namespace));
    const application = {
      ...SOURCES,
      module: BANK_MODULE,
      env: [...SOURCES.env, { name: 'BANK_PORT', value: String(PORT) }],
      ports: [{ name: 'http', containerPort: PORT }],
    };
    const resources = [
      bank(namespace, { image: BANK_IMAGE, application }),
      teller(namespace, { replicas: 1, image: BANK_IMAGE, application }),
    ];
    applyResources(...resources);
    await untilReady(...resources);
    const ask = (name: string, path: string, body?: object): unknown => {
      const url = JSON.stringify(`http://${serviceOf(namespace, name)}:${PORT}${path}`);
      const how =
        body === undefined ? '{}' : JSON.stringify({ method: 'POST', body: JSON.stringify(body) });
      const script = `process.stdout.write(await (await fetch(${url}, ${how})).text());`;
      return JSON.parse(exec(namespace, 'bank-0', nodeCommand(script)));
    };
    expect(ask('bank', '/accounts', { owner: 'Ada' })).toMatchObject({ id: 1 });
    expect(ask('teller', '/accounts/1')).toMatchObject({ owner: 'Ada' });
    for (const pod of PODS) {
      const environment = exec(namespace, pod, ['cat', '/proc/1/environ']).split('\0');
      expect(environment).toEqual(expect.arrayContaining(variables(pod)));
      expect(environment.filter((one) => one.startsWith('NO_'))).toEqual([]);
    }

    step('variables that must be there');
    const env = ['secretKeyRef', 'configMapKeyRef'].map((source, i) => ({
      name: `NEEDED_${i}`,
      valueFrom: { [source]: { name: 'needed', key: 'word' } },
    }));
    const envFrom = [{ secretRef: { name: 'needed' } }, { configMapRef: { name: 'needed' } }];
    for (const one of resources.toReversed()) {
      // The data server last: app servers wait for one that rolls.
      patchSpec(one, { application: { env, envFrom } });
      const held = { status: 'True', reason: 'PodNotStarting' } as const;
      expect(await untilCondition(one, 'Degraded', held)).toContain('"needed" not found');
    }
    apply([
      secret(namespace, 'needed', { word: 'there' }),
      configMap(namespace, 'needed', { word: 'here' }),
    ]);
    await untilReady(...resources);
    for (const pod of PODS) {
      const environment = exec(namespace, pod, ['cat', '/proc/1/environ']).split('\0');
      expect(environment).toEqual(expect.arrayContaining(['NEEDED_0=there', 'NEEDED_1=here']));
    }
  }),
);

/** Answers every datagram with what it finds around it. */
const BESIDE = `
import { createSocket } from 'node:dgram';
const socket = createSocket('udp4');
socket.on('message', (_message, { port, address }) => {
  const about = { cwd: process.cwd(), args: process.argv.slice(1), env: process.env, memory: process.constrainedMemory() };
  socket.send(JSON.stringify(about), port, address);
});
socket.bind(${UDP_PORT});
process.on('SIGTERM', () => process.exit(0));
`;

interface Around {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly memory: number;
}

/** What a datagram to a Service is answered with. */
function around(namespace: string, name: string): Around {
  const script = `
    import { createSocket } from 'node:dgram';
    const socket = createSocket('udp4');
    socket.on('message', (text) => { process.stdout.write(text.toString()); process.exit(0); });
    setTimeout(() => process.exit(1), 5000);
    socket.send('?', ${UDP_PORT}, '${serviceOf(namespace, name)}');`;
  return JSON.parse(exec(namespace, 'bank-0', nodeCommand(script))) as Around;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state: { readonly waiting?: { readonly reason: string } };
}
interface PodStatus {
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}
const statusOf = (namespace: string, pod: string): PodStatus =>
  (podOf(namespace, pod)?.status ?? {}) as PodStatus;

/** Waits until a container is as it is wanted. */
async function untilContainer(
  namespace: string,
  pod: string,
  name: string,
  is: (status: ContainerStatus) => boolean,
): Promise<void> {
  let last: ContainerStatus | undefined;
  const probe = (): true | undefined => {
    last = statusOf(namespace, pod).containerStatuses?.find((one) => one.name === name);
    return last !== undefined && is(last) ? true : undefined;
  };
  await eventually(probe, STARTED_MS, `${pod}: container ${name} not as wanted`).catch(
    (error: unknown) => {
      throw new Error(`it is ${JSON.stringify(last)}`, { cause: error });
    },
  );
}

test.concurrent(
  'F-K13: containers beside the instances of both kinds have what is said of them',
  story(['beside'], async ({ namespaces: { beside: namespace }, step }) => {
    apply(sources(namespace));
    const file = (name: string, there = true) => ({
      exec: { command: ['test', ...(there ? [] : ['!']), '-e', `/tmp/${name}`] },
      periodSeconds: 1,
      failureThreshold: there ? 600 : 1,
    });
    const container = {
      ...SOURCES,
      name: 'beside',
      image: IMAGE,
      imagePullPolicy: 'IfNotPresent',
      command: ['node', '--input-type=module', '-e', BESIDE],
      args: ['--', 'an argument'],
      workingDir: '/usr',
      resources: { requests: { cpu: '11m', memory: '80Mi' }, limits: { memory: '160Mi' } },
      startupProbe: file('started'),
      readinessProbe: file('ready'),
      livenessProbe: file('dead', false),
    };
    const ports = [{ name: 'about', containerPort: UDP_PORT, protocol: 'UDP' }];
    const application = { containers: [container], ports };
    const resources = [
      bank(namespace, { application }),
      teller(namespace, { replicas: 1, application }),
    ] as const;
    applyResources(...resources);
    const touch = (pod: string, name: string): void =>
      void kubectl(['exec', pod, '-n', namespace, '-c', 'beside', '--', 'touch', `/tmp/${name}`]);
    for (const pod of PODS) {
      await untilContainer(
        namespace,
        pod,
        'beside',
        ({ state, started }) => 'running' in state && !started,
      );
      step(`${pod}: started, by its startup probe`);
      touch(pod, 'started');
      await untilContainer(namespace, pod, 'beside', ({ started, ready }) => started && !ready);
      touch(pod, 'ready');
    }
    await untilReady(...resources);
    for (const [i, name] of BOTH.entries()) {
      const { cwd, args, env, memory } = around(namespace, name);
      expect({ cwd, args, memory }).toEqual({
        cwd: '/usr',
        args: ['an argument'],
        memory: 160 * MIB,
      });
      const wanted = ['PLAIN=said', ...variables(PODS[i] ?? '')];
      expect(Object.entries(env).map((pair) => pair.join('='))).toEqual(
        expect.arrayContaining(wanted),
      );
      expect(Object.keys(env).filter((one) => one.startsWith('NO_'))).toEqual([]);
    }
    step('dead, by its liveness probe');
    for (const pod of PODS) {
      const spec = podOf(namespace, pod)?.spec.containers[0] as { resources?: object } | undefined;
      expect(spec?.resources).toEqual(container.resources);
      touch(pod, 'dead');
      await untilContainer(namespace, pod, 'beside', ({ restartCount }) => restartCount === 1);
      expect(statusOf(namespace, pod).initContainerStatuses?.[0]?.restartCount).toBe(0);
      for (const name of ['started', 'ready']) touch(pod, name);
    }
    await untilReady(...resources);
    step('an image that is not there, and may not be fetched');
    const second = { name: 'second', image: `${IMAGE}-absent`, imagePullPolicy: 'Never' };
    const { readinessProbe: _r, startupProbe: _s, livenessProbe: _l, ...without } = container;
    const [data, app] = resources;
    for (const [one, pod] of [
      [app, 'teller-0'],
      [data, 'bank-0'],
    ] as const) {
      patchSpec(one, { application: { containers: [without, second] } });
      const isRefused = ({ state }: ContainerStatus): boolean =>
        state.waiting?.reason === 'ErrImageNeverPull';
      await untilContainer(namespace, pod, 'second', isRefused);
    }
  }),
);
