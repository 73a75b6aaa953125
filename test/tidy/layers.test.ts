import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkerViolations, importsOf, layerViolations, placeOf } from './layer-rules.ts';
import { projectFiles, ROOT } from './source-files.ts';

const CHECKED = /^(server|operator|client|examples)\/.*\.ts$/;

describe('the house', () => {
  const files = projectFiles().filter((path) => CHECKED.test(path) && !path.endsWith('.d.ts'));

  test('every import points from right to left through the layers', () => {
    expect(files.length).toBeGreaterThan(10);
    const violations = files.flatMap((path) =>
      layerViolations(path, readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(violations).toEqual([]);
  });
});

describe('the simulator’s checkers', () => {
  const files = projectFiles().filter((path) =>
    /^test\/support\/sim\/(checkers\/.*|history-schema)\.ts$/.test(path),
  );

  test('import the history’s schema and nothing else', () => {
    expect(files.length).toBeGreaterThan(10);
    const violations = files.flatMap((path) =>
      checkerViolations(path, readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(violations).toEqual([]);
  });

  test.each([
    ['the product', "import '../../../../server/base/bytes.ts';"],
    ['its types', "import type { Change } from '../../../../server/storage/change.ts';"],
    ['the simulator', "import { keyOf } from '../key-space.ts';"],
    ['a package', "import { z } from 'zod';"],
  ])('may not import %s', (_what, source) => {
    expect(checkerViolations('test/support/sim/checkers/a.ts', source)).toHaveLength(1);
  });
});

describe('reading imports', () => {
  test('finds imports, re-exports, dynamic imports and import types, with line and kind', () => {
    const source = [
      "import { a } from './a.ts';",
      "import type { B } from './b.ts';",
      "export { c } from './c.ts';",
      "export type { D } from './d.ts';",
      "const e = await import('./e.ts');",
      "let f: import('./f.ts').F;",
      "import './g.ts';",
      "// import './not.ts';",
      'const text = "import \'./not.ts\'";',
    ].join('\n');
    expect(importsOf('server/base/x.ts', source)).toEqual([
      { specifier: './a.ts', line: 1, typeOnly: false },
      { specifier: './b.ts', line: 2, typeOnly: true },
      { specifier: './c.ts', line: 3, typeOnly: false },
      { specifier: './d.ts', line: 4, typeOnly: true },
      { specifier: './e.ts', line: 5, typeOnly: false },
      { specifier: './f.ts', line: 6, typeOnly: true },
      { specifier: './g.ts', line: 7, typeOnly: false },
    ]);
  });

  test('the place of a file is the innermost one', () => {
    expect(placeOf('server/ecp/data-server/session.ts')).toBe('server/ecp/data-server');
    expect(placeOf('server/ecp/wire/frame.ts')).toBe('server/ecp');
    expect(placeOf('server/apiary/x.ts')).toBeUndefined();
  });
});

describe('planted violations are caught', () => {
  const refused: readonly [why: string, path: string, source: string][] = [
    ['base imports nothing', 'server/base/a.ts', "import '../ports/clock.ts';"],
    ['a layer sees none to its right', 'server/globals/a.ts', "import '../storage/block.ts';"],
    [
      'type imports have a direction too',
      'server/storage/a.ts',
      "import type { X } from '../ecp/a.ts';",
    ],
    [
      're-exports have a direction too',
      'server/locks/a.ts',
      "export * from '../transactions/a.ts';",
    ],
    [
      'dynamic imports have a direction too',
      'server/ecp/a.ts',
      "await import('../instance/a.ts');",
    ],
    ['tests have a direction too', 'server/globals/a.test.ts', "import '../ecp/a.ts';"],
    [
      'testing helpers have a direction too',
      'server/ports/testing/a.ts',
      "import '../../ecp/a.ts';",
    ],
    [
      'data-server does not know app-server',
      'server/ecp/data-server/a.ts',
      "import '../app-server/b.ts';",
    ],
    [
      'app-server does not know data-server',
      'server/ecp/app-server/a.ts',
      "import '../data-server/b.ts';",
    ],
    [
      'what both sides share knows neither',
      'server/ecp/wire/a.ts',
      "import '../data-server/b.ts';",
    ],
    ['api does not know portal', 'server/api/a.ts', "import '../portal/b.ts';"],
    ['portal does not know api', 'server/portal/a.ts', "import '../api/b.ts';"],
    ['nothing knows cli', 'server/api/a.ts', "import '../cli/b.ts';"],
    ['adapters do not see storage', 'server/adapters/a.ts', "import '../storage/b.ts';"],
    ['… nor its types', 'server/adapters/a.ts', "import type { B } from '../ecp/b.ts';"],
    ['an instance does not see adapters', 'server/instance/a.ts', "import '../adapters/b.ts';"],
    ['the API does not see adapters', 'server/api/a.ts', "import '../adapters/b.ts';"],
    [
      'the server does not see the operator',
      'server/api/a.ts',
      "import '../../operator/api/b.ts';",
    ],
    [
      'cli sees only local and api of the operator',
      'server/cli/a.ts',
      "import '../../operator/resources/b.ts';",
    ],
    [
      'the operator takes only the configuration',
      'operator/topology/a.ts',
      "import '../../server/instance/namespace.ts';",
    ],
    [
      'the operator takes no layer of the server',
      'operator/api/a.ts',
      "import '../../server/globals/key.ts';",
    ],
    ['runtime knows nothing of ECP', 'operator/runtime/a.ts', "import '../api/b.ts';"],
    [
      'runtime takes nothing of the server',
      'operator/runtime/a.ts',
      "import '../../server/base/errors.ts';",
    ],
    [
      'resources do not see controllers',
      'operator/resources/a.ts',
      "import '../controllers/b.ts';",
    ],
    ['the client does not see the instance', 'client/a.ts', "import '../server/instance/a.ts';"],
    [
      'the client takes only types of the interface',
      'client/a.ts',
      "import { x } from '../server/instance/database.ts';",
    ],
    ['examples use what is public', 'examples/a/b.ts', "import '../../server/storage/engine.ts';"],
    ['no node: module in a pure layer', 'server/storage/a.ts', "import 'node:fs';"],
    ['no package in a pure layer', 'server/ecp/a.ts', "import { z } from 'zod';"],
    [
      'zod belongs to the configuration alone',
      'server/instance/jobs.ts',
      "import { z } from 'zod';",
    ],
    [
      'the channel does not see the public API',
      'server/ecp/wire/a.ts',
      "import '../../api/generated/admin.js';",
    ],
    ['no package in topology', 'operator/topology/a.ts', "import 'yaml';"],
    [
      'production code does not use testing helpers',
      'server/ecp/a.ts',
      "import '../ports/testing/b.ts';",
    ],
    ['nothing reaches into test/', 'server/ecp/a.ts', "import '../../test/sim/b.ts';"],
    ['our own package name is no way round', 'server/storage/a.ts', "import 'ecp';"],
    ['every file has a place', 'server/misc/a.ts', ''],
  ];
  test.each(refused)('%s', (_why, path, source) => {
    expect(layerViolations(path, source)).toHaveLength(1);
  });
});

describe('what the rules allow', () => {
  const allowed: readonly [what: string, path: string, source: string][] = [
    ['to the left', 'server/ecp/a.ts', "import '../storage/block.ts'; import '../base/bytes.ts';"],
    ['within a layer', 'server/ecp/wire/a.ts', "import '../connection-state.ts';"],
    ['shared protocol code', 'server/ecp/data-server/a.ts', "import '../wire/frame.ts';"],
    [
      'both roles meet in the instance',
      'server/instance/a.ts',
      "import '../ecp/data-server/a.ts'; import '../ecp/app-server/a.ts';",
    ],
    [
      'generated messages in the channel',
      'server/ecp/wire/a.ts',
      "import './generated/channel.js';",
    ],
    [
      'I/O in adapters',
      'server/adapters/a.ts',
      "import 'node:fs'; import 'lmdb'; import '../ports/page-store.ts';",
    ],
    [
      'adapters in the composition root',
      'server/main.ts',
      "import './adapters/a.ts'; import './portal/a.ts';",
    ],
    [
      'adapters in tests',
      'server/storage/a.test.ts',
      "import '../adapters/a.ts'; import 'node:fs';",
    ],
    ['testing helpers in tests', 'server/ecp/a.test.ts', "import '../ports/testing/a.ts';"],
    [
      'zod in the configuration',
      'server/instance/configuration.ts',
      "import { z } from 'zod'; import './yaml-text.ts';",
    ],
    ['ecp up', 'server/cli/up.ts', "import '../../operator/local/run.ts'; import 'commander';"],
    [
      'the configuration in the operator',
      'operator/topology/a.ts',
      "import type { C } from '../../server/instance/configuration.ts';",
    ],
    [
      'types of the interface in the client',
      'client/a.ts',
      "import type { D } from '../server/instance/database.ts'; import '@grpc/grpc-js';",
    ],
    [
      'the public packages in examples',
      'examples/bank/a.ts',
      "import type { D } from 'ecp'; import 'ecp/client'; import 'node:http';",
    ],
  ];
  test.each(allowed)('%s', (_what, path, source) => {
    expect(layerViolations(path, source)).toEqual([]);
  });
});
