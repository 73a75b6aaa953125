import { describe, expect, test } from '@jest/globals';
import { readSettings } from './settings.ts';

const NEEDED = {
  ECP_OPERATOR_SERVER_IMAGE: 'r/ecp-server:0.2.0',
  ECP_OPERATOR_NAMESPACE: 'ecp-system',
  ECP_OPERATOR_POD_NAME: 'ecp-operator-0',
  ECP_OPERATOR_SERVICE_ACCOUNT: 'ecp-operator',
  ECP_OPERATOR_POD_LABELS: 'app=ecp-operator,tier=control',
  ECP_OPERATOR_MANAGER: 'ecp-system/ecp-operator',
  ECP_OPERATOR_LEASE_NAME: 'ecp-operator',
};

/** Lines of the refusal, one for each variable at fault. */
function refusal(variables: Readonly<Record<string, string | undefined>>): string[] {
  try {
    readSettings({ ...NEEDED, ...variables });
  } catch (error) {
    return String(error).split('\n').slice(1);
  }
  return [];
}
const atFault = (variables: Readonly<Record<string, string | undefined>>): string[] =>
  refusal(variables).map((line) => line.trim().replace(/:.*$/, ''));

describe('settings of the operator', () => {
  test('have defaults for all that has one', () => {
    expect(readSettings(NEEDED)).toEqual({
      serverImage: 'r/ecp-server:0.2.0',
      namespace: 'ecp-system',
      podName: 'ecp-operator-0',
      serviceAccount: 'ecp-operator',
      watchNamespaces: [],
      clusterDomain: 'cluster.local',
      logLevel: 'info',
      healthPort: 8081,
      podLabels: { app: 'ecp-operator', tier: 'control' },
      manager: 'ecp-system/ecp-operator',
      lease: { name: 'ecp-operator', durationMs: 15_000, renewMs: 10_000, retryMs: 2000 },
    });
  });

  test('are all taken from the environment', () => {
    const given = {
      ECP_OPERATOR_WATCH_NAMESPACES: 'data,branch,',
      ECP_OPERATOR_CLUSTER_DOMAIN: 'k8s.example',
      ECP_OPERATOR_LOG_LEVEL: 'debug',
      ECP_OPERATOR_HEALTH_PORT: '9000',
      ECP_OPERATOR_POD_LABELS: '',
      ECP_OPERATOR_LEASE_DURATION_SECONDS: '60',
      ECP_OPERATOR_LEASE_RENEW_SECONDS: '40',
      ECP_OPERATOR_LEASE_RETRY_SECONDS: '8',
      UNRELATED: 'x',
    };
    expect(readSettings({ ...NEEDED, ...given })).toMatchObject({
      watchNamespaces: ['data', 'branch'],
      clusterDomain: 'k8s.example',
      logLevel: 'debug',
      healthPort: 9000,
      podLabels: {},
      lease: { durationMs: 60_000, renewMs: 40_000, retryMs: 8000 },
    });
    expect(readSettings({ ...NEEDED, ECP_OPERATOR_WATCH_NAMESPACES: '' }).watchNamespaces).toEqual(
      [],
    );
  });

  test('that are missing are all named at once', () => {
    const nothing = Object.fromEntries(Object.keys(NEEDED).map((name) => [name, undefined]));
    expect(atFault(nothing).toSorted()).toEqual(Object.keys(NEEDED).toSorted());
  });

  const WRONG = {
    ECP_OPERATOR_SERVER_IMAGE: '',
    ECP_OPERATOR_NAMESPACE: 'Not A Name',
    ECP_OPERATOR_POD_NAME: '',
    ECP_OPERATOR_SERVICE_ACCOUNT: '',
    ECP_OPERATOR_WATCH_NAMESPACES: 'data,Branch',
    ECP_OPERATOR_CLUSTER_DOMAIN: '',
    ECP_OPERATOR_LOG_LEVEL: 'loud',
    ECP_OPERATOR_HEALTH_PORT: '65536',
    ECP_OPERATOR_POD_LABELS: 'app',
    ECP_OPERATOR_MANAGER: '',
    ECP_OPERATOR_LEASE_NAME: '',
    ECP_OPERATOR_LEASE_DURATION_SECONDS: 'long',
    ECP_OPERATOR_LEASE_RENEW_SECONDS: '0',
    ECP_OPERATOR_LEASE_RETRY_SECONDS: '1.5',
  };

  test('that are wrong are all named at once, each with its rule', () => {
    const found = atFault(WRONG).map((name) => name.replace(/\.\d+$/, ''));
    expect(found.toSorted()).toEqual(Object.keys(WRONG).toSorted());
    for (const line of refusal(WRONG)) expect(line).toMatch(/^ {2}ECP_OPERATOR_[A-Z_.0-9]+: \S/);
  });

  test.each(Object.entries(WRONG))('%s alone is named when it is %p', (name, value) => {
    const found = atFault({ [name]: value }).map((each) => each.replace(/\.\d+$/, ''));
    expect([...new Set(found)]).toEqual([name]);
  });

  test.each(['a=b=c', '=b', 'app', 'a=b,c'])('labels are no %p', (labels) => {
    expect(refusal({ ECP_OPERATOR_POD_LABELS: labels })).toEqual([
      '  ECP_OPERATOR_POD_LABELS: must be labels as in a=b,c=d',
    ]);
  });

  test.each([
    ['15', '15', '2'],
    ['15', '20', '2'],
    ['15', '4', '2'],
    ['15', '2', '5'],
  ])('a lease of %s s is not renewed every %s s when it is tried again after %s s', (...given) => {
    const [duration, renew, retry] = given;
    const variables = {
      ECP_OPERATOR_LEASE_DURATION_SECONDS: duration,
      ECP_OPERATOR_LEASE_RENEW_SECONDS: renew,
      ECP_OPERATOR_LEASE_RETRY_SECONDS: retry,
    };
    expect(atFault(variables)).toEqual(['ECP_OPERATOR_LEASE_RENEW_SECONDS']);
  });
});
