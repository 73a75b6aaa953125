import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { parseConfiguration, type Configuration } from '../../instance/configuration.ts';
import { ConfigurationInForce, type Offer } from './configuration-in-force.ts';

const textOf = (revision: number, fields: object = {}): string =>
  JSON.stringify({ name: 'a', dataDirectory: '/data', revision, ...fields });

/** An instance whose file and accepted text are variables; start() is its process beginning anew. */
class Machine {
  file: string;
  accepted: string | undefined;
  isDiskFull = false;
  readonly applied: Configuration[] = [];
  readonly errors: string[] = [];

  constructor(file: string) {
    this.file = file;
  }

  read(text: string, source: string): Offer {
    const configuration = parseConfiguration(text, source);
    const hash = createHash('sha256').update(text).digest('hex');
    return { text, hash, revision: configuration.revision, configuration };
  }

  start(): ConfigurationInForce {
    const read = (text: string, source: string): Offer => this.read(text, source);
    const log = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (message: string) => void this.errors.push(message),
      child: () => log,
    };
    const inForce = new ConfigurationInForce(read(this.file, 'file'), this.accepted, {
      read,
      file: () => this.file,
      keep: ({ text }) => {
        if (this.isDiskFull) throw new Error('ENOSPC');
        this.accepted = text;
      },
      log,
    });
    inForce.onChange((configuration) => this.applied.push(configuration));
    return inForce;
  }
}

test('K5: a pushed configuration is kept before it is applied, and a restart with an older file keeps it', () => {
  const machine = new Machine(textOf(3));
  const outcome = machine.start().configure(textOf(4, { logLevel: 'debug' }));
  expect(outcome).toMatchObject({ refused: '', revision: 4, needsRestart: [] });
  expect(machine.applied.map(({ logLevel }) => logLevel)).toEqual(['debug']);
  const again = machine.start();
  expect([again.revision, again.running.logLevel]).toEqual([4, 'debug']);
  machine.file = textOf(5);
  expect(machine.start().revision).toBe(5);
  machine.file = textOf(4);
  expect(machine.start().revision).toBe(5);
});

test('K5: a lower revision is refused and nothing changes; the reason stays in the status until one is taken', () => {
  const machine = new Machine(textOf(3));
  const inForce = machine.start();
  const { hash } = inForce;
  const refused = inForce.configure(textOf(2, { logLevel: 'debug' }));
  expect(refused).toEqual({
    refused: '<CONFIGURATION> revision 2 is lower than 3, which is in force',
    revision: 3,
    hash,
    needsRestart: [],
  });
  expect(inForce.refused).toBe(refused.refused);
  expect(machine.applied).toEqual([]);
  expect(inForce.configure(textOf(3)).refused).toBe('');
  expect(inForce.refused).toBe('');
  expect(inForce.configure(textOf(3, { logLevel: 'debug' })).refused).toContain('another text');
});

test('K5: a text with a fault is refused whole, naming the field', () => {
  const machine = new Machine(textOf(3));
  const outcome = machine
    .start()
    .configure(textOf(4, { logLevel: 'loud', ecp: { maxAppServers: 0 } }));
  expect(outcome).toMatchObject({ revision: 3 });
  expect(outcome.refused).toContain('logLevel');
  expect(outcome.refused).toContain('ecp.maxAppServers');
  expect(machine.accepted).toBe(machine.file);
});

test('K5: another block size for a database that stays is refused, naming the field; nothing is kept', () => {
  const machine = new Machine(textOf(3, { databases: [{ name: 'A' }] }));
  const inForce = machine.start();
  const resized = [{ name: 'A', blockSize: '64Ki' }];
  const outcome = inForce.configure(textOf(4, { databases: resized }));
  expect(outcome).toMatchObject({ revision: 3 });
  expect(outcome.refused).toContain('databases[0].blockSize: cannot be changed: A has 8Ki');
  expect([machine.accepted, machine.applied]).toEqual([machine.file, []]);
  machine.file = textOf(5, { databases: resized });
  expect(() => inForce.reload()).toThrow('databases[0].blockSize');
});

test('K5: what only a restart changes is named, and is there after it', () => {
  const machine = new Machine(textOf(3));
  const inForce = machine.start();
  const outcome = inForce.configure(textOf(4, { client: { port: 2001 }, logLevel: 'warn' }));
  expect(outcome).toMatchObject({ refused: '', revision: 4, needsRestart: ['client'] });
  expect([inForce.running.client.port, inForce.running.logLevel]).toEqual([1973, 'warn']);
  expect(inForce.configure(textOf(5, { logLevel: 'warn' })).needsRestart).toEqual([]);
  inForce.configure(textOf(6, { client: { port: 2001 } }));
  const again = machine.start();
  expect([again.running.client.port, again.needsRestart]).toEqual([2001, []]);
});

test('K5: a configuration that cannot be kept is not applied', () => {
  const machine = new Machine(textOf(3));
  const inForce = machine.start();
  machine.isDiskFull = true;
  expect(inForce.configure(textOf(4))).toMatchObject({
    refused: '<CONFIGURATION> cannot be kept: ENOSPC',
    revision: 3,
  });
  expect(machine.applied).toEqual([]);
});

test('K5: a damaged accepted text is told and left aside when the file is whole', () => {
  const machine = new Machine(textOf(3));
  machine.accepted = textOf(9).slice(0, -4);
  expect(machine.start().revision).toBe(3);
  expect(machine.errors).toEqual(['the accepted configuration is damaged, the file is used']);
  expect(machine.accepted).toBe(machine.file);
});

test('K5: a file that is read again obeys revisions too', () => {
  const machine = new Machine(textOf(3));
  const inForce = machine.start();
  inForce.configure(textOf(7));
  expect(() => inForce.reload()).toThrow('revision 3 is lower than 7');
  machine.file = textOf(8, { client: { port: 2001 } });
  inForce.reload();
  expect([inForce.revision, inForce.needsRestart]).toEqual([8, ['client']]);
});

test('without revisions a file that needs a restart is refused, and nothing is kept', () => {
  const machine = new Machine(textOf(0));
  const inForce = machine.start();
  machine.file = textOf(0, { client: { port: 2001 } });
  expect(() => inForce.reload()).toThrow('needs a restart to change: client');
  machine.file = textOf(0, { logLevel: 'debug' });
  inForce.reload();
  expect(inForce.running.logLevel).toBe('debug');
  expect(machine.accepted).toBeUndefined();
});
