/** An instance on memory disks, for tests of what is in front of it. */
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { Instance } from '../../server/instance/instance.ts';
import { parseConfiguration } from '../../server/instance/configuration.ts';
import { silentLog } from '../../server/ports/log.ts';
import type { Metrics } from '../../server/ports/metrics.ts';
import { MemoryJournalDisk, MemoryPageStore } from '../../server/storage/testing/memory-disk.ts';
import { Loopback } from './loopback.ts';

const nothing = {
  inc: () => undefined,
  set: () => undefined,
  observe: () => undefined,
  remove: () => undefined,
};
const noMetrics: Metrics = {
  counter: () => nothing,
  gauge: () => nothing,
  histogram: () => nothing,
  stateSet: () => nothing,
};

function open(network: Loopback, name: string, configuration: object): Instance {
  const settings = { name, dataDirectory: `/nowhere/${name}`, ...configuration };
  const instance = Instance.open(parseConfiguration(settings), {
    clock: new SystemClock(),
    log: silentLog,
    metrics: noMetrics,
    random: new SystemRandom(),
    resolver: { resolve: (_host, done) => done([]) },
    transport: network.transport(name),
    journal: new MemoryJournalDisk(),
    openStore: () => new MemoryPageStore(),
  });
  network.listen(`${name}:1972`, (channel) => instance.dataServer.accept(channel));
  return instance;
}

export interface Bank {
  /** Where applications connect: its data is on the data server. */
  readonly app: Instance;
  readonly data: Instance;
  readonly network: Loopback;
  stop(): Promise<void>;
}

/**
 * A data server and an app server. Namespaces of the app server: USER, whose globals are remote but ^Tmp…; LOCAL
 * and %SYS, on the app server itself; and FIXED, whose database is read-only.
 */
export function openBank(): Bank {
  const network = new Loopback();
  const data = open(network, 'data', {
    databases: [{ name: 'ACCOUNTS' }, { name: 'FIXED' }],
    ecp: { maxAppServers: 4, incomingPolicy: 'Any' },
    namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
  });
  const app = open(network, 'app', {
    databases: [{ name: 'HERE' }],
    dataServers: [{ name: 'BANK', host: 'data' }],
    remoteDatabases: [
      { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' },
      { name: 'FIXED', dataServer: 'BANK', database: 'FIXED', access: 'ReadOnly' },
    ],
    namespaces: [
      {
        name: 'USER',
        defaultDatabase: 'ACCOUNTS',
        mappings: [{ global: 'Tmp*', database: 'TEMP' }],
      },
      { name: 'LOCAL', defaultDatabase: 'HERE' },
      { name: 'FIXED', defaultDatabase: 'FIXED' },
    ],
  });
  return {
    app,
    data,
    network,
    stop: async () => {
      await app.stop();
      await data.stop();
    },
  };
}
