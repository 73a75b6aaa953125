import { describe, expect, test } from '@jest/globals';
import type { DatabaseAccess } from '../ecp/database-access.ts';
import { encodeKey } from '../globals/key.ts';
import { Namespace, type Mapping } from './namespace.ts';

const database = (name: string): DatabaseAccess => ({ name }) as DatabaseAccess;
const [MAIN, SYS, A, B, C] = ['MAIN', 'SYS', 'A', 'B', 'C'].map(database) as [
  DatabaseAccess,
  DatabaseAccess,
  DatabaseAccess,
  DatabaseAccess,
  DatabaseAccess,
];
const whole = (global: string, to: DatabaseAccess): Mapping => ({
  global,
  subscripts: undefined,
  database: to,
});
const range = (
  global: string,
  from: string | number,
  to: string | number,
  target: DatabaseAccess,
): Mapping => ({
  global,
  subscripts: { from, to },
  database: target,
});
const spaceOf = (...mappings: Mapping[]): Namespace =>
  new Namespace('USER', { default: MAIN, system: SYS }, mappings);
const where = (space: Namespace, global: string, ...path: (string | number)[]): string => {
  const route = space.route(global);
  return (route.whole ?? Namespace.pieceOf(route, encodeKey(global, path)).database).name;
};

describe('F-D4: namespaces', () => {
  test('what no mapping names lies in the default database, %-globals in SYS', () => {
    expect([where(spaceOf(), 'x'), where(spaceOf(), '%x')]).toEqual(['MAIN', 'SYS']);
  });

  test('a whole name wins over prefixes, a longer prefix over a shorter, whatever their order', () => {
    const mappings = [whole('TMP*', A), whole('TMPx', B), whole('TMPxy*', C), whole('%*', A)];
    for (const space of [spaceOf(...mappings), spaceOf(...mappings.reverse())]) {
      expect(
        ['TMP', 'TMPa', 'TMPx', 'TMPxy', 'TMPxyz', 'TM', '%x'].map((name) => where(space, name)),
      ).toEqual(['A', 'A', 'B', 'C', 'C', 'MAIN', 'A']);
    }
  });

  test('a range of subscripts wins over the whole name; its end is not in it', () => {
    const space = spaceOf(whole('x', B), range('x', 5, 10, A));
    expect([0, 4, 5, 5.5, 9, 10, 'a'].map((at) => where(space, 'x', at))).toEqual([
      'B',
      'B',
      'A',
      'A',
      'A',
      'B',
      'B',
    ]);
    expect(where(space, 'x')).toBe('B');
    expect(where(space, 'x', 7, 'deep')).toBe('A');
    expect(where(space, 'y', 7)).toBe('MAIN');
  });

  test('pieces are ascending and gapless over the whole global', () => {
    const route = spaceOf(
      range('x', 5, 10, A),
      range('x', 10, 20, B),
      range('x', 30, 'm', C),
    ).route('x');
    expect(route.whole).toBeUndefined();
    expect(route.pieces.map(({ database: { name } }) => name)).toEqual([
      'MAIN',
      'A',
      'B',
      'MAIN',
      'C',
      'MAIN',
    ]);
    for (const [i, piece] of route.pieces.entries()) {
      expect(Buffer.compare(piece.from, piece.to)).toBeLessThan(0);
      if (i > 0) expect(piece.from).toEqual(route.pieces[i - 1]!.to);
    }
  });

  test('it knows every database that it can reach', () => {
    expect(spaceOf(whole('TMP*', A), range('x', 1, 2, A)).databases()).toEqual([MAIN, SYS, A]);
  });
});
