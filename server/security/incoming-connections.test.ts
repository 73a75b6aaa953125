import { describe, expect, test } from '@jest/globals';
import type { NameResolver } from '../ports/name-resolver.ts';
import {
  checkIncomingEntry,
  IncomingConnections,
  type IncomingEntry,
} from './incoming-connections.ts';

const resolver: NameResolver = {
  resolve: (host, done) => done(host === 'pods' ? ['10.1.0.1', 'fd00::1', '::ffff:10.1.0.2'] : []),
};

function admitted(
  entries: readonly Omit<IncomingEntry, 'name'>[],
  address: string,
): string | undefined {
  const named = entries.map((entry, i) => ({ name: `e${i}`, ...entry }));
  let answer: string | undefined = 'none';
  new IncomingConnections({ policy: 'Listed', entries: named }, resolver).decide(
    address,
    (entry) => (answer = entry),
  );
  expect(answer).not.toBe('none');
  return answer;
}

describe('F-S1: allowed incoming connections', () => {
  test('K1: Listed with no entry admits nobody; Any admits all', () => {
    expect(admitted([], '127.0.0.1')).toBeUndefined();
    let answer: string | undefined;
    new IncomingConnections({ policy: 'Any', entries: [] }, resolver).decide(
      'whoever',
      (entry) => (answer = entry),
    );
    expect(answer).toBe('any');
  });

  test.each([
    [{ address: '18.61.202.5' }, '18.61.202.5', true],
    [{ address: '18.61.202.5' }, '18.61.202.6', false],
    [{ address: '18.61.202-210.*' }, '18.61.202.0', true],
    [{ address: '18.61.202-210.*' }, '18.61.210.255', true],
    [{ address: '18.61.202-210.*' }, '18.61.211.1', false],
    [{ address: '18.68.*.*' }, '18.68.255.1', true],
    [{ address: '18.68.*.*' }, '18.69.0.1', false],
    [{ cidr: '10.8.0.0/16' }, '10.8.255.255', true],
    [{ cidr: '10.8.0.0/16' }, '10.9.0.0', false],
    [{ cidr: '0.0.0.0/0' }, '255.255.255.255', true],
    [{ cidr: '0.0.0.0/0' }, '::1', false],
    [{ cidr: '10.0.0.1/32' }, '10.0.0.1', true],
    [{ cidr: 'fd00::/8' }, 'fdff::1', true],
    [{ cidr: 'fd00::/8' }, 'fe00::1', false],
    [{ address: '::1' }, '0:0:0:0:0:0:0:1', true],
    [{ address: 'FD00::A' }, 'fd00::a', true],
    // The same host, whichever way its address is written.
    [{ address: '10.0.0.1' }, '::ffff:10.0.0.1', true],
    [{ address: '::ffff:10.0.0.1' }, '10.0.0.1', true],
    [{ address: '10.0.0.*' }, '::ffff:a00:7', true],
    [{ address: '::10.0.0.1' }, '10.0.0.1', false],
    [{ host: 'pods' }, '10.1.0.1', true],
    [{ host: 'pods' }, '10.1.0.2', true],
    [{ host: 'pods' }, 'fd00::1', true],
    [{ host: 'pods' }, '10.1.0.3', false],
    [{ host: 'nowhere' }, '10.1.0.1', false],
    [{ address: '10.0.0.1' }, 'not an address', false],
    [{ address: '10.0.0.1' }, '10.0.0.1.1', false],
    [{ address: '10.0.0.1' }, '', false],
    [{ cidr: '::/0' }, '1::2::3', false],
    [{ cidr: '::/0' }, '12345::', false],
  ])('%p and %s: %p', (entry, address, expected) => {
    expect(admitted([entry], address)).toBe(expected ? 'e0' : undefined);
  });

  test('the first entry that admits is named; host names are asked last', () => {
    expect(
      admitted([{ host: 'pods' }, { address: '10.1.0.*' }, { cidr: '10.0.0.0/8' }], '10.1.0.1'),
    ).toBe('e1');
    expect(admitted([{ host: 'nowhere' }, { host: 'pods' }], '10.1.0.1')).toBe('e1');
  });

  test.each([
    [{ address: '18.61.202' }],
    [{ address: '18.61.210-202.*' }],
    [{ address: '18.61.256.1' }],
    [{ address: '' }],
    [{ cidr: '10.0.0.0' }],
    [{ cidr: '10.0.0.0/33' }],
    [{ cidr: '10.0.0.0/8/8' }],
    [{ cidr: '10.0.0.0/' }],
    [{ cidr: 'fd00::/129' }],
    [{}],
  ])('%p is refused with the rule', (entry) => {
    expect(() => checkIncomingEntry({ name: 'e', ...entry })).toThrow(/<CONFIGURATION>/);
  });

  test('names are asked anew each time: the list follows DNS', () => {
    let found = ['10.0.0.1'];
    const list = new IncomingConnections(
      { policy: 'Listed', entries: [{ name: 'pods', host: 'pods' }] },
      { resolve: (_host, done) => done(found) },
    );
    const answers: (string | undefined)[] = [];
    list.decide('10.0.0.2', (entry) => answers.push(entry));
    found = ['10.0.0.2'];
    list.decide('10.0.0.2', (entry) => answers.push(entry));
    expect(answers).toEqual([undefined, 'pods']);
  });
});
