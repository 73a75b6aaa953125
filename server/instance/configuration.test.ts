import { describe, expect, test } from '@jest/globals';
import { isEcpError, messageOf } from '../base/errors.ts';
import {
  bytesOf,
  configurationJsonSchema,
  fieldsNeedingRestart,
  parseConfiguration,
} from './configuration.ts';

const minimal = { name: 'teller-0', dataDirectory: 'data' };

const KEYS = [
  { name: 'a', file: 'keys/a' },
  { name: 'b', file: 'keys/b' },
];

/** The lines of the refusal, without its first, which names the source. */
function problems(input: unknown): string[] {
  try {
    parseConfiguration(input, 'test.yaml');
  } catch (error) {
    expect(isEcpError(error, 'CONFIGURATION')).toBe(true);
    const [first, ...lines] = messageOf(error).split('\n');
    expect(first).toBe('<CONFIGURATION> test.yaml');
    return lines.map((line) => line.trim());
  }
  return [];
}

describe('an instance configuration', () => {
  test('has the defaults of the guide (F-E5, table 4-1, §2.1, §2.3)', () => {
    const parsed = parseConfiguration(minimal);
    expect(parsed.ecp).toEqual({
      enabled: true,
      host: '::',
      port: 1972,
      maxAppServers: 1,
      incomingPolicy: 'Listed',
      allowedIncoming: [],
      timeouts: { troubledSeconds: 60, sessionRecoverySeconds: 30 },
    });
    expect(parsed.maxDataServers).toBe(2);
    expect(parsed.timeouts).toEqual({
      recoverySeconds: 1200,
      reconnectIntervalSeconds: 5,
      requestWaitSeconds: 20,
      connectGiveUpSeconds: 1200,
    });
    expect(parsed.heartbeat).toEqual({ intervalSeconds: 2, nonResponsiveSeconds: 10 });
    expect(parsed.admin.tokenFile).toBe('data/admin-token');
  });

  test('stores without further ado as ever: frozen on error, nothing kept, nothing encrypted (F-D5, A.2.5)', () => {
    const parsed = parseConfiguration(minimal);
    expect(parsed.journal).toEqual({
      segmentSize: 64 * 1024 * 1024,
      rotationSeconds: 86_400,
      keepSeconds: 0,
      freezeOnError: true,
      pinnedWarningSize: 1024 * 1024 * 1024,
    });
    expect(parsed.encryption).toEqual({ keys: [] });
  });

  test('encrypts TEMP as the rest, unless it has a key of its own (§2.5)', () => {
    const temp = (encryption: object) =>
      parseConfiguration({ ...minimal, encryption: { keys: KEYS, ...encryption } }).encryption.temp;
    expect(temp({ instance: 'a' })).toBe('a');
    expect(temp({ instance: 'a', temp: 'b' })).toBe('b');
    expect(temp({ temp: 'b' })).toBe('b');
    expect(temp({})).toBeUndefined();
  });

  test('read twice is the same', () => {
    const once = parseConfiguration({
      ...minimal,
      databases: [{ name: 'ACCOUNTS' }],
      cacheSize: '64Mi',
      application: { module: 'bank.ts' },
      journal: { segmentSize: '1Mi', keepSeconds: 60, keepSize: '1Gi', pinnedRollbackSize: '2Gi' },
      encryption: { keys: KEYS, instance: 'a' },
    });
    expect(once.databases[0]).toEqual({
      name: 'ACCOUNTS',
      blockSize: '8Ki',
      journaling: 'Enabled',
      unjournaledGlobals: [],
      access: 'ReadWrite',
      resource: '%DB_ACCOUNTS',
      state: 'Mounted',
    });
    expect(once.cacheSize).toBe(64 * 1024 * 1024);
    expect(once.bufferPoolSize).toBe(72 * 1024 * 1024);
    expect(parseConfiguration(structuredClone(once))).toEqual(once);
  });

  test('takes YAML and JSON alike', () => {
    const yaml = 'name: teller-0\ndataDirectory: data\n';
    expect(parseConfiguration(yaml)).toEqual(parseConfiguration(JSON.stringify(minimal)));
  });

  test('reports every problem at once, each with its line, field and rule', () => {
    const text = [
      'name: teller-0',
      'databases:',
      '  - name: accounts',
      '  - name: LOCAL',
      '    blocksize: 8Ki',
      'remoteDatabases:',
      '  - {name: LOCAL, dataServer: BANK, database: ACCOUNTS}',
      'namespaces:',
      '  - {name: USER, defaultDatabase: NOWHERE}',
      'ecp: {maxAppServers: 255}',
      'cacheSize: 1e9Gi',
    ].join('\n');
    expect(problems(text)).toEqual([
      'dataDirectory (line 1): is missing',
      'ecp.maxAppServers (line 10): expected number to be <=254',
      'databases[0].name (line 3): must be a database name: a capital letter or %, then at most 29 capitals, digits, _ or -',
      'databases[1].blocksize (line 5): there is no such field',
      'cacheSize (line 11): must be an amount of memory from 8Mi to 1Ti, such as 512Mi',
      'remoteDatabases[0].name (line 7): LOCAL is one of databases too: an instance does not serve data that it itself gets (§1.3.2)',
      'remoteDatabases[0].dataServer (line 7): BANK is not in dataServers',
      'namespaces[0].defaultDatabase (line 9): there is no database NOWHERE, neither local nor remote',
    ]);
  });

  test('may make timers shorter than the public minima in tests only (F-E5)', () => {
    const shrunk = {
      ...minimal,
      ecp: { timeouts: { troubledSeconds: 0.5 } },
      timeouts: { recoverySeconds: 1 },
    };
    expect(problems(shrunk)).toHaveLength(2);
    const parsed = parseConfiguration({ ...shrunk, testing: { shrinkTimers: true } });
    expect(parsed.ecp.timeouts.troubledSeconds).toBe(0.5);
    expect(problems({ ...shrunk, testing: { shrinkTimers: false } })).toHaveLength(2);
  });

  test('names a data server that nobody can find, with the reason', () => {
    const dataServers = [{ name: 'BANK', unresolved: 'EcpDataServer data/bank does not exist' }];
    expect(parseConfiguration({ ...minimal, dataServers }).dataServers[0]?.host).toBeUndefined();
  });

  test('knows SYS and TEMP without being told', () => {
    const namespaces = [{ name: 'USER', defaultDatabase: 'SYS', mappings: [tmp] }];
    expect(problems({ ...minimal, namespaces })).toEqual([]);
  });

  test('maps a global by ranges that touch, but do not overlap (F-D4, §1.3.1)', () => {
    const mappings = [
      { global: 'A', subscripts: { from: '1', to: '10' }, database: 'TEMP' },
      { global: 'A', subscripts: { from: '10', to: 'a' }, database: 'SYS' },
      { global: 'B', subscripts: { from: '1', to: '10' }, database: 'SYS' },
      { global: 'A.B', database: 'TEMP' },
      { global: '%*', database: 'TEMP' },
    ];
    const given = (last: object) => ({
      ...minimal,
      namespaces: [{ name: 'USER', defaultDatabase: 'SYS', mappings: [...mappings, last] }],
    });
    expect(problems(given(tmp))).toEqual([]);
    const between = { global: 'A', subscripts: { from: '9.5', to: '9.75' }, database: 'TEMP' };
    expect(problems(given(between))).toEqual([
      'namespaces[0].mappings[5].subscripts: overlaps another range of ^A',
    ]);
  });

  test('lists at most a hundred problems and counts the rest', () => {
    const databases = Array.from({ length: 150 }, () => ({ name: 'x' }));
    const lines = problems({ ...minimal, databases });
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toMatch(/^and \d+ more$/);
  });

  test.each([
    [{}, []],
    [{ ecp: { maxAppServers: 9, incomingPolicy: 'Any' }, logLevel: 'debug' }, []],
    [{ ecp: { port: 0 } }, ['ecp.port']],
    [{ databases: [{ name: 'A' }] }, []],
    [{ bufferPoolSize: '1Gi' }, ['bufferPoolSize']],
    [{ application: { module: 'a' } }, ['application']],
    [{ checkpointSeconds: 9, drainSeconds: 9, synchCommit: true }, []],
    [{ locks: { tableSize: 1000, perAppServer: 100 } }, []],
    [{ journal: { segmentSize: '1Mi', freezeOnError: false, rotationSeconds: 60 } }, []],
    [{ databases: [{ name: 'A', maxSize: '1Gi', unjournaledGlobals: ['TMP*'] }] }, []],
    [{ encryption: { keys: KEYS } }, []],
    [{ encryption: { keys: KEYS, temp: 'a' } }, ['encryption.temp']],
  ])('changed by %j needs a restart for %j', (change, fields) => {
    const before = parseConfiguration({ ...minimal, cacheSize: '16Mi', bufferPoolSize: '64Mi' });
    const after = parseConfiguration({
      ...minimal,
      cacheSize: '16Mi',
      bufferPoolSize: '64Mi',
      ...change,
    });
    expect(fieldsNeedingRestart(before, after)).toEqual(fields);
  });

  test('has a JSON Schema that knows its fields', () => {
    const schema = configurationJsonSchema() as { properties: object };
    expect(Object.keys(schema.properties)).toContain('remoteDatabases');
  });
});

const tmp = { global: 'TMP*', database: 'TEMP' };
const bank = { name: 'BANK', host: 'bank.example.org' };
const accounts = { name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' };

/** What is wrong, the fields that say so, and where the complaint must point. */
const REFUSED: readonly (readonly [string, object, string])[] = [
  ['an unknown field', { user: [] }, 'user'],
  ['an unknown field within', { ecp: { tls: {} } }, 'ecp.tls'],
  ['a prototype as a field', JSON.parse('{"__proto__":{"name":"x"}}') as object, '__proto__'],
  ['a lock table too small', { locks: { tableSize: 99 } }, 'locks.tableSize'],
  [
    'locks of an app server that are no number',
    { locks: { perAppServer: '1k' } },
    'locks.perAppServer',
  ],
  ['an empty name', { name: '' }, 'name'],
  ['a name with a line break', { name: 'a\nb' }, 'name'],
  ['a name without end', { name: 'a'.repeat(129) }, 'name'],
  ['a path upwards', { dataDirectory: '../other' }, 'dataDirectory'],
  ['a path with a null', { dataDirectory: 'a\0b' }, 'dataDirectory'],
  ['a port in letters', { ecp: { port: '80a' } }, 'ecp.port'],
  ['a port beyond all', { ecp: { port: 65_536 } }, 'ecp.port'],
  ['half a port', { ecp: { port: 1.5 } }, 'ecp.port'],
  ['one port twice', { admin: { port: 1972 }, ecp: { port: 1972 } }, 'admin.port'],
  ['no app server at all', { ecp: { maxAppServers: 0 } }, 'ecp.maxAppServers'],
  ['255 app servers', { ecp: { maxAppServers: 255 } }, 'ecp.maxAppServers'],
  [
    'trouble of 19 s',
    { ecp: { timeouts: { troubledSeconds: 19 } } },
    'ecp.timeouts.troubledSeconds',
  ],
  [
    'trouble of 65,536 s',
    { ecp: { timeouts: { troubledSeconds: 65_536 } } },
    'ecp.timeouts.troubledSeconds',
  ],
  ['recovery of 9 s', { timeouts: { recoverySeconds: 9 } }, 'timeouts.recoverySeconds'],
  [
    'an interval of 0 s',
    { timeouts: { reconnectIntervalSeconds: 0 } },
    'timeouts.reconnectIntervalSeconds',
  ],
  [
    'an interval of 61 s',
    { timeouts: { reconnectIntervalSeconds: 61 } },
    'timeouts.reconnectIntervalSeconds',
  ],
  [
    'silence noticed before a heartbeat is due',
    { heartbeat: { intervalSeconds: 5, nonResponsiveSeconds: 5 } },
    'heartbeat.nonResponsiveSeconds',
  ],
  ['another policy', { ecp: { incomingPolicy: 'None' } }, 'ecp.incomingPolicy'],
  [
    'a list under Any (K1)',
    { ecp: { incomingPolicy: 'Any', allowedIncoming: [{ name: 'a', address: '10.0.0.1' }] } },
    'ecp.allowedIncoming',
  ],
  [
    'an entry with nothing',
    { ecp: { allowedIncoming: [{ name: 'a' }] } },
    'ecp.allowedIncoming[0]',
  ],
  [
    'an entry with two',
    { ecp: { allowedIncoming: [{ name: 'a', address: '10.0.0.1', host: 'b' }] } },
    'ecp.allowedIncoming[0]',
  ],
  [
    'an address that is none',
    { ecp: { allowedIncoming: [{ name: 'a', address: '10.0.0.256' }] } },
    'ecp.allowedIncoming[0]',
  ],
  [
    'a block that is none',
    { ecp: { allowedIncoming: [{ name: 'a', cidr: '10.0.0.0/33' }] } },
    'ecp.allowedIncoming[0]',
  ],
  [
    'roles, before there are any',
    { ecp: { allowedIncoming: [{ name: 'a', address: '10.0.0.1', roles: ['%All'] }] } },
    'ecp.allowedIncoming[0].roles',
  ],
  ['a database in lower case', { databases: [{ name: 'a' }] }, 'databases[0].name'],
  ['a database of 31 letters', { databases: [{ name: 'A'.repeat(31) }] }, 'databases[0].name'],
  ['a block of 4 KB', { databases: [{ name: 'A', blockSize: '4Ki' }] }, 'databases[0].blockSize'],
  ['a database twice', { databases: [{ name: 'A' }, { name: 'A' }] }, 'databases[1].name'],
  ['a size of 1 Ki', { databases: [{ name: 'A', maxSize: '1Ki' }] }, 'databases[0].maxSize'],
  ['a size beyond all', { databases: [{ name: 'A', maxSize: '1025Ti' }] }, 'databases[0].maxSize'],
  [
    'an exception of the journal that is no name',
    { databases: [{ name: 'A', unjournaledGlobals: ['^A'] }] },
    'databases[0].unjournaledGlobals[0]',
  ],
  [
    'an exception of the journal twice',
    { databases: [{ name: 'A', unjournaledGlobals: ['TMP*', 'Cache', 'TMP*'] }] },
    'databases[0].unjournaledGlobals[2]',
  ],
  [
    '65 exceptions of the journal',
    {
      databases: [{ name: 'A', unjournaledGlobals: Array.from({ length: 65 }, (_, i) => `A${i}`) }],
    },
    'databases[0].unjournaledGlobals',
  ],
  ['a segment of 2 Gi', { journal: { segmentSize: '2Gi' } }, 'journal.segmentSize'],
  ['a segment of 1 Ki', { journal: { segmentSize: '1Ki' } }, 'journal.segmentSize'],
  ['a rotation of 59 s', { journal: { rotationSeconds: 59 } }, 'journal.rotationSeconds'],
  ['a rotation of 8 days', { journal: { rotationSeconds: 691_200 } }, 'journal.rotationSeconds'],
  ['keeping for ever', { journal: { keepSeconds: 31_536_001 } }, 'journal.keepSeconds'],
  ['an amount of nothing kept', { journal: { keepSize: '1Gi' } }, 'journal.keepSize'],
  ['the same, said', { journal: { keepSize: '1Gi', keepSeconds: 0 } }, 'journal.keepSize'],
  ['freezing perhaps', { journal: { freezeOnError: 'yes' } }, 'journal.freezeOnError'],
  [
    'rolled back before it is warned of',
    { journal: { pinnedRollbackSize: '512Mi' } },
    'journal.pinnedRollbackSize',
  ],
  [
    'the same, both said',
    { journal: { pinnedWarningSize: '3Gi', pinnedRollbackSize: '2Gi' } },
    'journal.pinnedRollbackSize',
  ],
  ['a key without a file', { encryption: { keys: [{ name: 'a' }] } }, 'encryption.keys[0].file'],
  [
    'a key of no good name',
    { encryption: { keys: [{ name: 'a b', file: 'a' }] } },
    'encryption.keys[0].name',
  ],
  ['a key twice', { encryption: { keys: [KEYS[0], KEYS[0]] } }, 'encryption.keys[1].name'],
  [
    '17 keys',
    {
      encryption: { keys: Array.from({ length: 17 }, (_, i) => ({ name: `k${i}`, file: 'a' })) },
    },
    'encryption.keys',
  ],
  ['a key of nowhere', { encryption: { keys: KEYS, instance: 'c' } }, 'encryption.instance'],
  ['a key of nowhere for TEMP', { encryption: { keys: KEYS, temp: 'c' } }, 'encryption.temp'],
  [
    'a key of nowhere for a database',
    { databases: [{ name: 'A', encryptionKey: 'c' }], encryption: { keys: KEYS, instance: 'a' } },
    'databases[0].encryptionKey',
  ],
  [
    'an encrypted database with an open journal',
    { databases: [{ name: 'A', encryptionKey: 'a' }], encryption: { keys: KEYS, temp: 'a' } },
    'databases[0].encryptionKey',
  ],
  ['a SYS of its own', { databases: [{ name: 'SYS' }] }, 'databases[0].name'],
  [
    'a data server with two places',
    { dataServers: [{ ...bank, unresolved: 'gone' }] },
    'dataServers[0]',
  ],
  ['a data server without a place', { dataServers: [{ name: 'BANK' }] }, 'dataServers[0]'],
  [
    'two channels to one data server (§4.3.5)',
    { dataServers: [bank, { ...bank, name: 'B', host: 'Bank.example.org', port: 1972 }] },
    'dataServers[1].host',
  ],
  ['a host with a port', { dataServers: [{ name: 'A', host: 'a:80' }] }, 'dataServers[0].host'],
  [
    'more data servers than allowed (§2.3)',
    { maxDataServers: 1, dataServers: [bank, { name: 'B', host: 'b' }] },
    'maxDataServers',
  ],
  [
    'more than the default two',
    { dataServers: [bank, { name: 'B', host: 'b' }, { name: 'C', host: 'c' }] },
    'maxDataServers',
  ],
  ['a remote database of nobody', { remoteDatabases: [accounts] }, 'remoteDatabases[0].dataServer'],
  [
    'a remote TEMP',
    { dataServers: [bank], remoteDatabases: [{ ...accounts, database: 'TEMP' }] },
    'remoteDatabases[0].database',
  ],
  [
    'one remote database under two names',
    { dataServers: [bank], remoteDatabases: [accounts, { ...accounts, name: 'B' }] },
    'remoteDatabases[1].database',
  ],
  [
    'a database local and remote (F-E1, §1.3.2)',
    { dataServers: [bank], databases: [{ name: 'ACCOUNTS' }], remoteDatabases: [accounts] },
    'remoteDatabases[0].name',
  ],
  [
    'a namespace of nothing',
    { namespaces: [{ name: 'USER', defaultDatabase: 'A' }] },
    'namespaces[0].defaultDatabase',
  ],
  ...(
    [
      ['a name with a dot at its end', { global: 'A.', database: 'TEMP' }, '.global'],
      ['a name of 32 letters', { global: 'A'.repeat(32), database: 'TEMP' }, '.global'],
      [
        'a range that ends before it begins, in collation order',
        { global: 'A', subscripts: { from: '10', to: '9' }, database: 'TEMP' },
        '.subscripts',
      ],
      ['a mapping to nothing', { global: 'A', database: 'NONE' }, '.database'],
      ['a mapping of everything', { global: '*', database: 'TEMP' }, '.global'],
      ['a mapping with a caret', { global: '^A', database: 'TEMP' }, '.global'],
      ['a star in the middle', { global: 'A*B', database: 'TEMP' }, '.global'],
      [
        'half a range',
        { global: 'A', subscripts: { from: '1' }, database: 'TEMP' },
        '.subscripts.to',
      ],
      [
        'subscripts of a prefix',
        { global: 'A*', subscripts: { from: '1', to: '2' }, database: 'TEMP' },
        '.subscripts',
      ],
    ] as const
  ).map(
    ([what, mapping, field]) =>
      [
        what,
        { namespaces: [{ name: 'USER', defaultDatabase: 'SYS', mappings: [mapping] }] },
        `namespaces[0].mappings[0]${field}`,
      ] as const,
  ),
  [
    'a mapping twice',
    { namespaces: [{ name: 'USER', defaultDatabase: 'SYS', mappings: [tmp, tmp] }] },
    'namespaces[0].mappings[1].global',
  ],
  ['a cache of nothing', { cacheSize: 0 }, 'cacheSize'],
  [
    'a cache that leaves local databases nothing (§2)',
    { cacheSize: '64Mi', bufferPoolSize: '64Mi' },
    'cacheSize',
  ],
  [
    'a variable with a space',
    { application: { module: 'a', env: { 'a b': '' } } },
    'application.env.a b',
  ],
];

describe('refused, naming the field', () => {
  test.each(REFUSED)('%s', (_what, given, field) => {
    const lines = problems({ ...minimal, ...given });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.startsWith(`${field}: `)).toBe(true);
  });
});

describe('text that is refused', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, i) => {
      const before = `*${'abcdefgh'.charAt(i)}`;
      return `${name}: &${name} [${Array<string>(10).fill(before).join(',')}]`;
    }),
  ].join('\n');
  test.each([
    ['nothing', '', 'is empty'],
    ['only a comment', '# nothing\n', 'is empty'],
    ['no mapping', '[]', 'the whole (line 1): expected object, received array'],
    ['two documents', 'a: 1\n---\nb: 1\n', 'has more than one document'],
    ['a key twice', 'name: a\nname: b\n', 'line 2: not YAML: Map keys must be unique'],
    ['a tag of another language', 'name: !!js/function "f"\n', 'line 1: not YAML: Unresolved tag'],
    ['an open bracket', 'name: [\n', 'not YAML'],
    ['a tab as indentation', 'ecp:\n\tport: 1\n', 'line 2: not YAML'],
    ['an alias bomb', bomb, 'line 1: not YAML: Excessive alias count'],
    ['nesting without end', '['.repeat(100_000), 'line 1: nested too deeply'],
    ['a book', `# ${'x'.repeat(1024 * 1024)}`, 'line 1: longer than'],
  ])('%s', (_what, text, expected) => {
    expect(problems(text).join('\n')).toContain(expected);
  });

  test('a byte order mark is nothing', () => {
    expect(parseConfiguration('\uFEFFname: a\ndataDirectory: b\n').name).toBe('a');
  });
});

test.each([
  ['512Mi', 512 * 1024 * 1024],
  ['1G', 1e9],
  [4096, 4096],
  ['1e9Gi', undefined],
  ['-1', undefined],
  ['1.5Gi', undefined],
  ['999999999999999Ti', undefined],
])('the amount %s is %s bytes', (quantity, bytes) => {
  expect(bytesOf(quantity)).toBe(bytes);
});

test('the smallest pool leaves a cache that can be written down and read again', () => {
  for (const bufferPoolSize of ['8Mi', '16Mi', '17Mi', '24Mi']) {
    const configuration = parseConfiguration({ ...minimal, bufferPoolSize });
    expect(parseConfiguration({ ...configuration })).toEqual(configuration);
  }
});
