import { expect, test } from '@jest/globals';
import { seededRandom } from '../../server/storage/testing/manual-clock.ts';
import { isLine, POWER_CUT, World } from '../support/world.ts';

test('F-E6: on a cut the app server reconnects with a flushed cache and sends again what was not acknowledged', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  await world.run(x.set([1], 'a'));
  await world.run(job.sync());
  expect(await world.run(x.get([1]))).toBe('a');
  await world.time.pass(50);
  world.takeTranscript();
  world.link(A).holdToServer(true);
  void x.set([2], 'b');
  void x.set([3], 'c');
  await world.time.settle();
  world.takeTranscript();
  world.link(A).cut();
  await world.time.pass(50);
  expect(world.takeTranscript()).toEqual([
    'A → S: hello resuming, durable to #1',
    'S → A: welcome back, applied #1',
    'A → S: again #4 set ^x(2)=b',
    'A → S: again #5 set ^x(3)=c',
    'S → A: durable to #1',
    'S → A: applied #5',
    'S → A: durable to #5',
  ]);
  expect(s.job().global('x').get([3])).toBe('c');
  // Flushed: the next read asks.
  expect(x.get([1])).toBeInstanceOf(Promise);
});

test('F-E6: a change that was applied before the cut is answered again, not repeated', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  expect(await world.run(x.increment([1]))).toBe('1');
  world.link(A).holdToApp(true);
  const sum = x.increment([1]);
  void x.set([2], 'once');
  await world.time.pass(50);
  // Both are applied at S; A does not know. Meanwhile somebody else goes on.
  void s.job().global('x').set([2], 'later');
  expect(s.job().global('x').get([1])).toBe('2');
  world.link(A).cut();
  expect(await world.run(sum)).toBe('2');
  await world.time.pass(50);
  expect(s.job().global('x').get([1])).toBe('2');
  expect(s.job().global('x').get([2])).toBe('later');
});

test('F-E6: durability reached while the stream was cut is told after it: a flush returns', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  await world.run(job.global('x').set([1], 'a'));
  await world.run(job.sync());
  void job.global('x').set([1], 'b');
  await world.time.settle();
  world.link(A).holdToApp(true);
  const flushed = job.flush();
  await world.time.pass(50);
  world.link(A).cut();
  await world.run(flushed, 10_000);
});

test('F-E6: after a reconnection the numbers go on where they were, reads included', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A');
  const x = A.job().global('x');
  await world.run(x.set([1], 'a'));
  for (let i = 0; i < 5; i++) {
    expect(await world.run(x.get([1]))).toBe('a');
    expect(await world.run(x.get([2]))).toBeUndefined();
    world.link(A).cut();
    await world.time.pass(6_000);
    expect(A.instance.appServer.status()[0]?.state).toBe('normal');
  }
  expect(await world.run(x.increment([2]))).toBe('1');
  expect(world.takeTranscript().filter(isLine('refused'))).toEqual([]);
});

test('F-E5: streams that break as soon as they are up are tried again at the interval, not in a loop', async () => {
  const world = new World();
  world.dataServer();
  const A = world.appServer('A', { timeouts: { reconnectIntervalSeconds: 5 } });
  await world.run(A.job().global('x').set([1], 'a'));
  // Every new stream is cut within a tenth of a second.
  let cuts = 0;
  for (let i = 0; i < 100; i++) {
    if (A.instance.appServer.status()[0]?.state === 'normal') {
      world.link(A).cut();
      cuts++;
    }
    await world.time.pass(100);
  }
  // Ten seconds: three at once, then one an interval.
  expect(cuts).toBeGreaterThanOrEqual(4);
  expect(cuts).toBeLessThanOrEqual(7);
});

test('F-E6: S killed with an unsynced journal: lost changes are sent again, and everything is there exactly once', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  const x = job.global('x');
  await world.run(x.set([0], 'durable'));
  await world.run(job.flush());
  s.journal.defer = () => undefined;
  for (let i = 1; i <= 20; i++) void x.set([i], String(i));
  void x.kill([5]);
  const sums = [x.increment(['n']), x.increment(['n'], '2.5')].map((sum) => Promise.resolve(sum));
  await world.time.pass(50);
  world.takeTranscript();
  s.crash(POWER_CUT);
  s.journal.defer = (complete) => complete();
  s.start();
  expect(await world.run(Promise.all(sums))).toEqual(['1', '3.5']);
  await world.run(job.flush());
  const said = world.takeTranscript();
  expect(said).toContain('S → A: welcome back, applied #1');
  expect(said.filter(isLine('again '))).toHaveLength(23);
  const local = s.job().global('x');
  for (let i = 1; i <= 20; i++) expect(local.get([i])).toBe(i === 5 ? undefined : String(i));
  expect(local.get(['n'])).toBe('3.5');
});

test('A.1.10: an $INCREMENT that S lost and applied again gives its job the second value', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A', { timeouts: { reconnectIntervalSeconds: 30 } });
  const B = world.appServer('B', { timeouts: { reconnectIntervalSeconds: 1 } });
  const a = A.job().global('x');
  const b = B.job().global('x');
  await world.run(a.get(['n']));
  await world.run(b.get(['n']));
  s.journal.defer = () => undefined;
  const first = a.increment(['n']);
  await world.time.settle();
  const second = b.increment(['n']);
  await world.time.settle();
  // Both are answered, 1 and 2, and withheld from their jobs; then S loses both, and B is back first.
  s.crash(POWER_CUT);
  await world.time.pass(500);
  s.journal.defer = (complete) => complete();
  s.start();
  const results = await world.run(Promise.all([first, second]));
  expect([...results].sort()).toEqual(['1', '2']);
  expect(results).toEqual(['2', '1']);
  expect(s.job().global('x').get(['n'])).toBe('2');
});

test('F-E6: a planned restart of S keeps every session', async () => {
  const world = new World();
  const s = world.dataServer();
  const A = world.appServer('A');
  const job = A.job();
  await world.run(job.global('x').set([1], 'a'));
  await s.stop();
  expect(A.instance.appServer.status()[0]?.state).toBe('trouble');
  void job.global('x').set([2], 'while away');
  s.start();
  await world.time.pass(10_000);
  await world.run(job.flush());
  expect(s.job().global('x').get([2])).toBe('while away');
  expect(world.takeTranscript().filter(isLine('welcome back'))).toHaveLength(1);
});

test('F-E6: cuts, crashes and power cuts at random: each app server’s counters are exact, and its last values stand', async () => {
  const world = new World();
  const s = world.dataServer();
  const random = seededRandom(3);
  const apps = ['A', 'B'].map((name) => ({
    host: world.appServer(name, { timeouts: { reconnectIntervalSeconds: 1 } }),
    sum: 0,
    results: [] as Promise<string>[],
  }));
  const jobs = apps.map(({ host }) => host.job());
  for (let step = 0; step < 300; step++) {
    const at = Math.floor(random.next() * apps.length);
    const app = apps[at]!;
    const x = jobs[at]!.global('x');
    const fate = random.next();
    if (fate < 0.5) {
      app.results.push(Promise.resolve(x.increment(['all'])));
      void x.increment([app.host.name]);
      app.sum++;
      void x.set([app.host.name, 'last'], String(step));
    } else if (fate < 0.7) await world.time.pass(random.next() * 20);
    else if (fate < 0.75) await world.time.settle();
    else if (fate < 0.8) world.net.links.find((link) => link.from === app.host.address)?.cut();
    else if (fate < 0.84) {
      s.journal.defer = random.next() < 0.5 ? () => undefined : (complete) => complete();
    } else if (fate < 0.88) {
      s.crash(random.next() < 0.5 ? () => random.next() : undefined);
      s.journal.defer = (complete) => complete();
      s.start();
      await world.time.pass(3000);
    }
  }
  s.journal.defer = (complete) => complete();
  s.crash(() => random.next());
  s.start();
  for (const job of jobs) await world.run(job.flush());
  const local = s.job().global('x');
  const total = apps.reduce((sum, app) => sum + app.sum, 0);
  const results = (await world.run(Promise.all(apps.flatMap((app) => app.results)))).map(Number);
  expect(new Set(results).size).toBe(total);
  expect(Math.max(...results)).toBe(total);
  expect(local.get(['all'])).toBe(String(total));
  for (const app of apps) expect(local.get([app.host.name])).toBe(String(app.sum));
}, 30_000);
