import { describe, expect, test } from '@jest/globals';
import { parseConfiguration, type ConfigurationInput } from './configuration.ts';
import {
  isAcceptedNewer,
  judge,
  liveConfiguration,
  refuseImmutable,
} from './configuration-revision.ts';

const version = (revision: number, hash: string) => ({ revision, hash });
const parsed = (change: Partial<ConfigurationInput>) =>
  parseConfiguration({ name: 'a', dataDirectory: '/data', bufferPoolSize: '64Mi', ...change });

describe('K5: of two configurations the higher revision is the newer one', () => {
  test.each([
    ['a higher one', version(7, 'a'), version(8, 'b'), 'take'],
    ['the first one that somebody counts', version(0, 'a'), version(1, 'b'), 'take'],
    ['the same again', version(7, 'a'), version(7, 'a'), 'same'],
    ['another text nobody counts', version(0, 'a'), version(0, 'b'), 'take'],
  ])('%s', (_, inForce, offered, verdict) => {
    expect(judge(inForce, offered)).toBe(verdict);
  });

  test('a lower one is refused, naming both; so is another text of the same revision', () => {
    expect(judge(version(7, 'a'), version(6, 'b'))).toEqual({
      refused: 'revision 6 is lower than 7, which is in force',
    });
    expect(judge(version(7, 'a'), version(0, 'b'))).toMatchObject({
      refused: expect.stringContaining('lower than 7') as unknown,
    });
    expect(judge(version(7, 'a'), version(7, 'b'))).toMatchObject({
      refused: expect.stringContaining('another text') as unknown,
    });
  });

  test('at the start what was accepted wins only with a higher revision', () => {
    expect(isAcceptedNewer(version(6, 'a'), version(7, 'b'))).toBe(true);
    expect(isAcceptedNewer(version(7, 'a'), version(7, 'b'))).toBe(false);
    expect(isAcceptedNewer(version(8, 'a'), version(7, 'b'))).toBe(false);
    expect(isAcceptedNewer(version(0, 'a'), version(0, 'b'))).toBe(false);
  });
});

describe('K5: a configuration is applied as far as it can be while running', () => {
  const running = parsed({ databases: [{ name: 'A' }] });

  test('live fields change, fixed ones keep their values and are named', () => {
    const wanted = parsed({
      databases: [{ name: 'A' }],
      bufferPoolSize: '128Mi',
      ecp: { port: 2000, maxAppServers: 9 },
      client: { port: 2001 },
      logLevel: 'debug',
    });
    const { configuration, needsRestart } = liveConfiguration(running, wanted);
    expect(needsRestart).toEqual(['bufferPoolSize', 'ecp.port', 'client']);
    expect(configuration).toEqual({
      ...wanted,
      bufferPoolSize: running.bufferPoolSize,
      ecp: { ...wanted.ecp, port: running.ecp.port },
      client: running.client,
    });
    expect(configuration.ecp.maxAppServers).toBe(9);
  });

  test('databases come, go and change, and with them what names them', () => {
    const wanted = parsed({
      databases: [{ name: 'B', state: 'Dismounted', access: 'ReadOnly', journaling: 'Disabled' }],
      namespaces: [{ name: 'USER', defaultDatabase: 'B' }],
      checkpointSeconds: 5,
    });
    expect(liveConfiguration(running, wanted)).toEqual({
      configuration: wanted,
      needsRestart: [],
    });
  });

  test('the block size of a database that stays cannot change, and the refusal names the field', () => {
    const wanted = parsed({ databases: [{ name: 'B' }, { name: 'A', blockSize: '16Ki' }] });
    expect(() => refuseImmutable(running, wanted)).toThrow(
      'databases[1].blockSize: cannot be changed: A has 8Ki',
    );
    refuseImmutable(running, parsed({ databases: [{ name: 'B', blockSize: '16Ki' }] }));
  });

  const keys = ['a', 'b'].map((name) => ({ name, file: `/keys/${name}` }));
  const encrypted = (instance: string, database: string) =>
    parsed({
      databases: [{ name: 'A', encryptionKey: database }],
      encryption: { keys, instance },
    });

  test('a key follows another, but none follows one and one follows none', () => {
    refuseImmutable(encrypted('a', 'a'), encrypted('b', 'b'));
    expect(() => refuseImmutable(running, encrypted('a', 'a'))).toThrow(
      'databases[0].encryptionKey: cannot be changed: A is not encrypted\n' +
        '  encryption.instance: cannot be changed: SYS is not encrypted',
    );
    expect(() => refuseImmutable(encrypted('a', 'a'), running)).toThrow(
      'databases[0].encryptionKey: cannot be changed: A is encrypted\n' +
        '  encryption.instance: cannot be changed: SYS is encrypted',
    );
  });

  test('another key of TEMP is taken at once; whether it has one waits, and its key is kept so long', () => {
    const open = parsed({});
    const one = parsed({ encryption: { keys, temp: 'a' } });
    const other = parsed({ encryption: { keys, temp: 'b' } });
    const without = parsed({ encryption: { keys: keys.slice(1) } });
    expect(liveConfiguration(one, other)).toEqual({ configuration: other, needsRestart: [] });
    expect(liveConfiguration(open, one)).toMatchObject({
      configuration: { encryption: { keys } },
      needsRestart: ['encryption.temp'],
    });
    expect(liveConfiguration(open, one).configuration.encryption.temp).toBeUndefined();
    expect(liveConfiguration(one, without)).toMatchObject({
      configuration: { encryption: { keys: [keys[1], keys[0]], temp: 'a' } },
      needsRestart: ['encryption.temp'],
    });
  });

  test('a cache that does not fit the running pool waits for the larger one', () => {
    const wanted = parsed({
      databases: [{ name: 'A' }],
      bufferPoolSize: '1Gi',
      cacheSize: '512Mi',
    });
    const { configuration, needsRestart } = liveConfiguration(running, wanted);
    expect(needsRestart).toEqual(['bufferPoolSize', 'cacheSize']);
    expect(configuration).toEqual(running);
  });

  test('nothing differs, nothing waits', () => {
    expect(liveConfiguration(running, parsed({ databases: [{ name: 'A' }] }))).toEqual({
      configuration: running,
      needsRestart: [],
    });
  });
});
