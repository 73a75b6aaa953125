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
const project = (displayName, testMatch, more = {}) => ({
  ...common,
  displayName,
  testMatch,
  ...more,
});
const onCluster = {
  globalSetup: '<rootDir>/test/cluster/setup.ts',
  globalTeardown: '<rootDir>/test/cluster/teardown.ts',
};

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
    // Need a cluster: npm run test:cluster. Those in alone/ disturb everybody in it, one after the other.
    project('cluster', ['<rootDir>/test/cluster/**/*.test.ts'], {
      ...onCluster,
      testPathIgnorePatterns: ['/test/cluster/alone/'],
    }),
    project('cluster-alone', ['<rootDir>/test/cluster/alone/**/*.test.ts'], onCluster),
  ],
};
