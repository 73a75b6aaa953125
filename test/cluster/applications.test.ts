/** What users bring: a module in their image, and containers beside the instance. */
import { expect, test } from '@jest/globals';
import { BANK_IMAGE, BANK_MODULE, IMAGE } from './support/images.ts';
import { eventually } from './support/kubectl.ts';
import {
  deletePod,
  exec,
  identities,
  nodeCommand,
  podOf,
  shell,
  untilPodReady,
} from './support/pods.ts';
import { applyResources, bank, teller, untilReady } from './support/resources.ts';
import { story } from './support/story.ts';

const PORT = 8080;
const WRITTEN_MS = 30_000;

/** What the module of a pod answers. */
function ask(namespace: string, pod: string, method: string, path: string, body?: object): unknown {
  const options = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const script = [
    `const url = 'http://127.0.0.1:${PORT}${path}';`,
    `const answer = await fetch(url, ${JSON.stringify(options)});`,
    'process.stdout.write(await answer.text());',
  ].join(' ');
  return JSON.parse(exec(namespace, pod, nodeCommand(script)));
}

test(
  "F-K13: a user's image runs its module in every app server, on the same data",
  story(['modules'], async ({ namespaces: { modules: namespace }, step }) => {
    const application = {
      module: BANK_MODULE,
      env: [{ name: 'BANK_PORT', value: String(PORT) }],
      ports: [{ name: 'http', containerPort: PORT }],
    };
    const [data, app] = [bank(namespace), teller(namespace, { image: BANK_IMAGE, application })];
    applyResources(data, app);
    await untilReady(data, app);
    const opened = ask(namespace, 'teller-0', 'POST', '/accounts', { owner: 'Ada' });
    expect(opened).toEqual({ id: 1, owner: 'Ada', balance: '0' });
    step('an account opened at one is paid into at the other');
    ask(namespace, 'teller-1', 'POST', '/accounts/1/deposit', { amount: '12.50' });
    expect(ask(namespace, 'teller-0', 'GET', '/accounts/1')).toEqual({
      id: 1,
      owner: 'Ada',
      balance: '12.5',
    });
    expect(shell(namespace, 'bank-0', 'WRITE ^Account(1,"balance")')).toBe('12.5');
  }),
);

/** Writes all the time, and once more when it is told to end. */
const WRITER = `
import { connect } from '/app/client/index.ts';
const database = await connect('localhost:1973', { namespace: 'USER' });
const beat = database.global('Beat');
let isEnding = false;
process.on('SIGTERM', () => { isEnding = true; });
for (let n = 1; !isEnding; n++) {
  await beat.set([process.env.HOSTNAME, 'last'], n);
  await new Promise((resolve) => setTimeout(resolve, 100));
}
await beat.set([process.env.HOSTNAME, 'ended'], 'in order');
await database.flush();
process.exit(0);
`;

test(
  'K11 (F-K13): a container beside the instance finds it running from its own start to its own end',
  story(['containers'], async ({ namespaces: { containers: namespace }, step }) => {
    const writer = { name: 'writer', image: IMAGE, command: nodeCommand(WRITER) };
    const application = { containers: [writer] };
    const [data, app] = [bank(namespace), teller(namespace, { replicas: 1, application })];
    applyResources(data, app);
    await untilReady(data, app);
    const beats = (): string => shell(namespace, 'bank-0', 'WRITE $GET(^Beat("teller-0","last"))');
    await eventually(() => (Number(beats()) > 5 ? true : undefined), WRITTEN_MS, 'no beats');
    expect(podOf(namespace, 'teller-0')?.status.containerStatuses?.[0]?.restartCount).toBe(0);
    step('the pod is told to end');
    const [, uid = ''] = identities(namespace)[1]?.split(' ') ?? [];
    deletePod(namespace, 'teller-0');
    await untilPodReady(namespace, 'teller-0', uid);
    expect(shell(namespace, 'bank-0', 'WRITE ^Beat("teller-0","ended")')).toBe('in order');
  }),
);
