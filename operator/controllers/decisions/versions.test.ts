import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isNewer, oldest, tagVersion } from './versions.ts';

describe('a version is newer', () => {
  test.each([
    ['0.2.0', '0.1.9'],
    ['0.10.0', '0.9.0'],
    ['1.0.0', '0.99.99'],
    ['v0.2.1', '0.2.0'],
    ['0.2.0', '0.2.0-rc.1'],
    ['0.2.0-rc.10', '0.2.0-rc.9'],
    ['0.2.0-rc.1', '0.2.0-beta.7'],
  ])('%s than %s, and not the other way round', (newer, older) => {
    expect(isNewer(newer, older)).toBe(true);
    expect(isNewer(older, newer)).toBe(false);
  });

  test.each([
    ['0.2.0', '0.2.0'],
    ['0.2.0', 'v0.2.0'],
    ['0.2.0+one', '0.2.0+two'],
    ['latest', '0.1.0'],
    ['0.1.0', 'latest'],
    ['0.2', '0.1.0'],
    [undefined, '0.1.0'],
    ['0.1.0', undefined],
  ])('never: %s than %s, nor the other way round', (one, other) => {
    expect(isNewer(one, other)).toBe(false);
    expect(isNewer(other, one)).toBe(false);
  });

  const version = fc
    .tuple(
      fc.nat(12),
      fc.nat(12),
      fc.nat(12),
      fc.constantFrom('', '-rc.1', '-rc.2', '-rc.10', '-beta'),
    )
    .map(([major, minor, patch, more]) => `${major}.${minor}.${patch}${more}`);

  test('in one direction alone, and through others', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        if (isNewer(a, b)) expect(isNewer(b, a)).toBe(false);
        if (isNewer(a, b) && isNewer(b, c)) expect(isNewer(a, c)).toBe(true);
      }),
    );
  });

  test('than the oldest of several, or the same', () => {
    fc.assert(
      fc.property(fc.array(version, { minLength: 1 }), (versions) => {
        const least = oldest(versions);
        expect(versions).toContain(least);
        expect(versions.some((one) => isNewer(least, one))).toBe(false);
      }),
    );
    expect(oldest([])).toBeUndefined();
  });
});

describe('the version that the tag of an image says', () => {
  test.each([
    ['r/ecp-server:0.2.0', '0.2.0'],
    ['ecp-server:v1.2.3-rc.1', 'v1.2.3-rc.1'],
    ['registry.example:5000/ecp-server:0.2.0', '0.2.0'],
    [`r/ecp-server:0.2.0@sha256:${'ab'.repeat(32)}`, '0.2.0'],
    [`r/ecp-server@sha256:${'ab'.repeat(32)}`, undefined],
    ['r/ecp-server:latest', undefined],
    ['r/ecp-server', undefined],
    ['registry.example:5000/ecp-server', undefined],
    ['', undefined],
  ])('%s: %s', (image, version) => {
    expect(tagVersion(image)).toBe(version);
  });
});
