import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The pure layers: plain synchronous code on plain data. Time, disk, network, randomness and logging
 * reach them through server/ports (docs/ARCHITECTURE.md, "Pure cores, thin shells").
 */
const PURE = [
  'server/base/**',
  'server/ports/**',
  'server/globals/**',
  'server/storage/**',
  'server/locks/**',
  'server/transactions/**',
  'server/security/**',
  'server/ecp/**',
  'server/instance/**',
  'operator/api/**',
  'operator/topology/**',
  'operator/resources/**',
  'operator/controllers/decisions/**',
];

const IMPURE_GLOBALS = [
  'Date',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'process',
  'console',
  'crypto',
  'fetch',
  'WeakRef',
  'FinalizationRegistry',
  'Worker',
].map((name) => ({ name, message: 'A pure layer gets this through a port (server/ports).' }));

export default tseslint.config(
  { ignores: ['node_modules/**', '**/*.gen.*', '**/generated/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', 'tools/*.mjs', 'server/cli/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-console': 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: PURE.map((folder) => `${folder}/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Randomness comes through ports/random.ts.',
        },
        {
          object: 'AbortSignal',
          property: 'timeout',
          message: 'Time comes through ports/clock.ts.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['node:*'], message: 'A pure layer does no I/O: see server/ports.' }],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['tools/**', 'server/cli/**', 'bench/**', 'examples/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
