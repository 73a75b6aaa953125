import { describe, expect, it } from '@jest/globals';
import { textOf, utf8 } from '../base/bytes.ts';
import { parseKey } from '../globals/reference.ts';
import { LOCAL } from './engine.ts';
import { JournalBrowser, type JournalFilter } from './journal-browser.ts';
import { Machine } from './testing/machine.ts';

function written() {
  const machine = new Machine({ segmentBytes: 900, keepMs: 1e9 });
  machine.clock.advance(10_000);
  const engine = machine.start();
  const session = engine.openSession('teller', 'i');
  const set = (reference: string, value: string) =>
    ({ kind: 'set', database: 0, key: parseKey(reference), value: utf8(value) }) as const;
  const origin = { session: session.number, epoch: session.epoch, sequence: 1 };
  engine.apply(set('^Account(17,"balance")', '250.00'), origin);
  machine.clock.advance(1000);
  engine.requestSync();
  engine.apply({ kind: 'kill', database: 0, key: parseKey('^Account(17)') });
  engine.apply({ kind: 'increment', database: 0, key: parseKey('^Count'), by: utf8('2') });
  const transaction = engine.transactions.begin(LOCAL, 4);
  engine.transactions.apply(transaction, set('^Count', '9'), LOCAL, LOCAL);
  engine.transactions.commit(transaction, LOCAL);
  for (let i = 0; i < 30; i++) {
    engine.apply(set(`^Filler(${i})`, 'x'.repeat(40)));
    engine.requestSync();
  }
  return { machine, engine };
}

const asked = ({ machine }: ReturnType<typeof written>, filter: JournalFilter) =>
  [...new JournalBrowser(machine.journal, filter).records()].flatMap((item) =>
    item.kind === 'record' ? [item.record] : [],
  );

describe('F-D5: looking into a journal', () => {
  it('shows changes as M writes them, and which of them are asked for', () => {
    const journal = written();
    const [first, second, ...more] = asked(journal, { globals: ['Acc*'] });
    expect(first).toMatchObject({
      ...{ kind: 'change', database: 'DATA', appServer: 'teller', wallMs: 10_000 },
      change: { kind: 'set', global: 'Account', reference: '^Account(17,"balance")' },
    });
    expect(textOf(first!.change!.value!)).toBe('250.00');
    expect(second).toMatchObject({ wallMs: 11_000, change: { kind: 'kill' } });
    expect(more).toEqual([]);
    const ofTransaction = asked(journal, { transaction: 1 });
    expect(ofTransaction.map(({ kind }) => kind)).toEqual([
      'transactionLevel',
      'transactionChange',
      'transactionEnd',
    ]);
    expect(ofTransaction[1]!.old).toEqual([{ reference: '^Count', value: utf8('2') }]);
    expect(asked(journal, { appServer: 'teller', kinds: ['set'] })).toHaveLength(1);
    expect(asked(journal, { kinds: ['increment'] })[0]!.result).toEqual(utf8('2'));
    expect(asked(journal, { untilMs: 10_500, kinds: ['change'] })).toHaveLength(1);
    expect(asked(journal, { sinceMs: 10_500, globals: ['Account'] })).toHaveLength(1);
    expect(asked(journal, { database: 'TEMP' })).toEqual([]);
    const { position } = second!;
    expect(asked(journal, { from: first!.position, to: position }).at(-1)).toEqual(second);
  });

  it('tells of segments without a hole, and where the journal ends', () => {
    const { machine, engine } = written();
    const browser = new JournalBrowser(machine.journal);
    expect([...browser.records()].at(-1)).toEqual({
      ...{ kind: 'end', position: engine.position, tailBytes: 0 },
    });
    expect(browser.segments.length).toBeGreaterThan(3);
    for (const [i, segment] of browser.segments.entries()) {
      expect(segment.damagedBytes).toBe(0);
      if (i > 0) expect(segment.start).toBe(browser.segments[i - 1]!.end);
    }
    expect(browser.counts.get('change')).toBe(33);
  });

  it('goes on behind damage, and says from where to where it is', () => {
    const { machine } = written();
    const { journal } = machine;
    const damaged = journal.segments()[1]!;
    const read = journal.read.bind(journal);
    journal.read = (segment) => {
      const bytes = read(segment);
      if (segment === damaged) bytes[bytes.length >>> 1]! ^= 1;
      return bytes;
    };
    const browser = new JournalBrowser(journal);
    const damage = [...browser.records()].filter(({ kind }) => kind === 'damage');
    expect(damage).toHaveLength(1);
    const second = browser.segments[1]!;
    expect(damage[0]).toMatchObject({ problem: 'what was durable cannot be read' });
    expect(second.damagedBytes).toBeGreaterThan(0);
    expect(browser.segments.filter(({ damagedBytes }) => damagedBytes > 0)).toEqual([second]);
    expect(browser.counts.get('change')).toBeLessThan(33);
    expect(browser.counts.get('change')).toBeGreaterThan(25);
  });
});
