/** What `npm run help` says of each script. A tidy test holds this list and package.json together. */
export const SCRIPT_DESCRIPTIONS: Readonly<Record<string, string>> = {
  help: 'this list',
  ecp: 'the command line: npm run ecp -- up -f examples/quickstart.yaml',
  quickstart: 'bring a small topology up, walk through it step by step, stop it',
  test: 'all tests that need neither root nor a cluster; -- <path> for some of them',
  'test:sim': 'more seeds of the simulator, for a bounded time',
  fuzz: 'mutated bytes at the decoders for a time; -- <decoder|all> --seconds N',
  'test:cluster': 'tests on a real Kubernetes, started for them; needs root and Go',
  cluster: 'that Kubernetes by hand: npm run cluster -- up, in CMD, image FILE, down',
  check: 'types, lint, formatting, tidy tests and generated files',
  generate: 'write crds/ and the code of proto/ anew',
  format: 'format every file',
  lint: 'ESLint alone',
  types: 'the TypeScript compiler alone',
  bench: 'benchmarks, beside what one would use instead',
};
