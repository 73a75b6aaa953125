/** Jest projects: `unit` beside the code, the others by folder under test/. All run as ES modules. */
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/property-seed.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
const project = (displayName, testMatch) => ({ ...common, displayName, testMatch });

export default {
  // Generous: two workers share two cores with the processes that tests start.
  testTimeout: 30_000,
  projects: [
    project('unit', [
      '<rootDir>/server/**/*.test.ts',
      '<rootDir>/operator/**/*.test.ts',
      '<rootDir>/client/**/*.test.ts',
      '<rootDir>/examples/**/*.test.ts',
    ]),
    project('tidy', ['<rootDir>/test/tidy/**/*.test.ts']),
    project('model', ['<rootDir>/test/model/**/*.test.ts']),
    project('scenario', ['<rootDir>/test/scenario/**/*.test.ts']),
    project('sim', ['<rootDir>/test/sim/**/*.test.ts']),
    project('process', ['<rootDir>/test/process/**/*.test.ts']),
    // Needs a cluster: npm run test:cluster.
    project('cluster', ['<rootDir>/test/cluster/**/*.test.ts']),
  ],
};
