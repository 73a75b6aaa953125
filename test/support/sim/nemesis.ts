/**
 * The faults of a run, drawn from its seed: nodes that crash or stop and come back, streams that are cut, ways
 * that clog, disks that are slow. Every fault ends by itself; `heal` ends all that are left.
 */
import type { Cluster } from './cluster.ts';
import type { DataServerNode } from './nodes.ts';
import type { SimRandom } from './sim-random.ts';

type Fault =
  | 'crashMachine'
  | 'crashProcess'
  | 'stop'
  | 'crashAppServer'
  | 'cut'
  | 'clog'
  | 'partition'
  | 'slowDisk'
  | 'local'
  /** An administrator rolls back a transaction. */
  | 'rollBack';

export type FaultMix = Readonly<Record<Fault, number>>;

export const FAULTS: FaultMix = {
  crashMachine: 3,
  crashProcess: 1.5,
  stop: 1,
  crashAppServer: 1.5,
  cut: 6,
  clog: 3,
  partition: 2,
  slowDisk: 2,
  local: 10,
  rollBack: 6,
};

export class Nemesis {
  readonly #cluster: Cluster;
  readonly #random: SimRandom;
  readonly #mix: FaultMix;
  #over = false;

  constructor(cluster: Cluster, random: SimRandom, mix: FaultMix) {
    this.#cluster = cluster;
    this.#random = random;
    this.#mix = mix;
  }

  /** Puts faults in from now on, about `perSecond` of them. */
  start(perSecond: number): void {
    const { scheduler } = this.#cluster.world;
    const next = (): void => {
      scheduler.after(this.#random.between(0, 2000 / perSecond), () => {
        if (this.#over) return;
        this.#strike(this.#random.weighted(this.#mix));
        next();
      });
    };
    next();
  }

  /** No more faults; what is down is started, what is clogged flows. */
  heal(): void {
    this.#over = true;
    const { dataServers, appServers, world } = this.#cluster;
    world.network.unclogAll();
    for (const node of dataServers) {
      node.diskMsMax = 4;
      if (!node.isUp) node.start();
    }
    for (const node of appServers) if (node.app === undefined) this.#cluster.startAppServer(node);
  }

  /** Mostly short, sometimes longer than the timers that wait for it. */
  #duration(): number {
    return this.#random.chance(0.85)
      ? this.#random.between(5, 4000)
      : this.#random.between(9000, 40_000);
  }

  #strike(fault: Fault): void {
    const { dataServers, appServers, world } = this.#cluster;
    const random = this.#random;
    const dataServer = random.pick(dataServers);
    const appServer = random.pick(appServers);
    const { network, history, scheduler } = world;
    const note = (what: string, node: string, ms?: number): void =>
      history.add({ k: 'nemesis', what, node, ...(ms === undefined ? {} : { ms }) });
    switch (fault) {
      case 'crashMachine':
      case 'crashProcess':
        if (dataServer.isUp)
          this.crash(dataServer.name, fault === 'crashMachine' ? 'machine' : 'process');
        return;
      case 'stop':
        if (dataServer.isUp) dataServer.stop(() => this.#restart(dataServer.name));
        return;
      case 'crashAppServer':
        if (appServer.app === undefined) return;
        appServer.crash();
        scheduler.after(this.#duration(), () => {
          if (appServer.app === undefined) this.#cluster.startAppServer(appServer);
        });
        return;
      case 'cut':
        note('cut', `${appServer.name} ${dataServer.name}`);
        network.cut(appServer.name, dataServer.name);
        return;
      case 'clog':
      case 'partition': {
        const ways: [string, string][] = [
          [appServer.name, dataServer.name],
          [dataServer.name, appServer.name],
        ];
        const clogged = fault === 'partition' ? ways : [random.pick(ways)];
        const ms = this.#duration();
        note(fault, clogged.map((way) => way.join('→')).join(' '), ms);
        for (const [from, to] of clogged) network.clog(from, to);
        scheduler.after(ms, () => {
          for (const [from, to] of clogged) network.unclog(from, to);
        });
        return;
      }
      case 'slowDisk':
        {
          const ms = this.#duration();
          note('slow disk', dataServer.name, ms);
          dataServer.diskMsMax = random.between(20, 400);
          scheduler.after(ms, () => (dataServer.diskMsMax = 4));
        }
        return;
      case 'rollBack':
        this.#rollBack(dataServer);
        return;
      case 'local':
        this.#cluster.localChange(dataServer, random);
        return;
    }
  }

  #rollBack({ name, engine, jobs }: DataServerNode): void {
    const { jobNames, history } = this.#cluster.world;
    if (jobs === undefined || engine === undefined || engine.frozen !== undefined) return;
    const all = jobs.transactions.list();
    if (all.length === 0) return;
    const open = this.#random.pick(all);
    const node = `${name} ${jobNames.get(open.job) ?? ''}`;
    history.add({ k: 'nemesis', what: 'roll back', node });
    jobs.transactions.fail(open.number, 'the nemesis says so');
  }

  crash(name: string, kind: 'process' | 'machine'): void {
    this.#cluster.dataServer(name).crash(kind);
    this.#restart(name);
  }

  #restart(name: string): void {
    const node = this.#cluster.dataServer(name);
    // A stop may end when the faults have.
    const downMs = this.#over ? 0 : this.#duration();
    this.#cluster.world.scheduler.after(downMs, () => {
      if (!node.isUp) node.start();
    });
  }
}
