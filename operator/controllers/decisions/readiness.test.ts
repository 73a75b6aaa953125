import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CONFIGURATION,
  OLD_REVISION,
  appServer,
  dataServer,
  facts,
  observed,
  pod,
  settledSet,
  topologyOf,
} from '../../../test/support/decision-samples.ts';
import type { Condition, ConditionType, Finding } from '../../api/conditions.ts';
import { REASONS } from '../../api/reasons.ts';
import type { Reason } from '../../api/reasons.ts';
import { replicasOf } from '../../topology/instances.ts';
import type { Facts } from './facts.ts';
import { judge } from './readiness.ts';

const TELLER = appServer({ replicas: 3 });
const TOPOLOGY = topologyOf(TELLER);
const WANTS = 3;
const judged = (more: Partial<Facts> = {}): Condition[] =>
  judge(facts(TELLER, { topology: TOPOLOGY, ...more }));
const condition = (type: ConditionType, conditions: readonly Condition[]): Condition => {
  const found = conditions.find((one) => one.type === type);
  if (found === undefined) throw new Error(`no condition ${type}`);
  return found;
};
const brief = (type: ConditionType, conditions: readonly Condition[]): string => {
  const { status, reason } = condition(type, conditions);
  return `${status} ${reason}`;
};

const SERVING = 'True Serving';
const QUIET = 'False AsSpecified';
const IN_FORCE = 'True InForce';
const degraded = (reason: Reason): Finding => ({ type: 'Degraded', reason, message: reason });
const OLD = { revision: OLD_REVISION };
const UNSETTLED = { isSettled: false };

interface Row {
  readonly ready: string;
  readonly progressing?: string;
  readonly applied?: string;
  readonly facts: Partial<Facts>;
}

const ROWS: Readonly<Record<string, Row>> = {
  'everything serves': { facts: {}, ready: SERVING },
  'there is no StatefulSet yet': {
    facts: { set: undefined, pods: [] },
    ready: 'False Starting',
    progressing: 'True Starting',
  },
  'a pod starts': {
    facts: { set: settledSet(WANTS, { ready: 2, ...UNSETTLED }) },
    ready: 'False Starting',
    progressing: 'True Starting',
  },
  'a pod does not start': {
    facts: {
      set: settledSet(WANTS, { ready: 2, ...UNSETTLED }),
      findings: [degraded('PodNotStarting')],
    },
    ready: 'False PodNotStarting',
    progressing: 'True Starting',
  },
  'there are fewer replicas now, and pods finish their work': {
    facts: { set: settledSet(WANTS, { present: 5, ready: 5, ...UNSETTLED }) },
    ready: 'False ScalingDown',
    progressing: 'True ScalingDown',
  },
  'one pod of three is of the new template': {
    facts: {
      set: settledSet(WANTS, { updated: 1, ...UNSETTLED }),
      pods: [observed(0, {}, OLD), observed(1, {}, OLD), observed(2)],
    },
    ready: 'False RollingOut',
    progressing: 'True RollingOut',
  },
  'a roll-out is held back, and nothing is on its way': {
    facts: {
      set: settledSet(WANTS, { updated: 0, ...UNSETTLED }),
      pods: [observed(0, {}, OLD), observed(1, {}, OLD), observed(2, {}, OLD)],
      partition: WANTS,
    },
    ready: SERVING,
  },
  'a roll-out is held back by a data server': {
    facts: {
      set: settledSet(WANTS, { updated: 0, ...UNSETTLED }),
      pods: [observed(0, {}, OLD), observed(1, {}, OLD), observed(2, {}, OLD)],
      partition: WANTS,
      findings: [{ type: 'Progressing', reason: 'DataServersFirst', message: 'waits' }],
    },
    ready: 'False DataServersFirst',
    progressing: 'True DataServersFirst',
  },
  'there is no configuration yet': {
    facts: { configuration: undefined },
    ready: 'False NoConfiguration',
    applied: 'False NoConfiguration',
  },
  'an instance has not the newest configuration, before it was ever ready': {
    facts: { pods: [observed(0, { revision: 6 }), observed(1), observed(2)] },
    ready: 'False Pending',
    applied: 'False Pending',
  },
  'an instance has not the newest configuration, and all was ready': {
    facts: { pods: [observed(0, { revision: 6 }), observed(1), observed(2)], wasReady: true },
    ready: SERVING,
    applied: 'False Pending',
  },
  'an instance that serves has not answered': {
    facts: { pods: [{ pod: pod(0), observation: undefined }, observed(1), observed(2)] },
    ready: 'False Pending',
    applied: 'False Pending',
  },
  'an instance starts, and will find its configuration by itself': {
    facts: {
      set: settledSet(WANTS, { ready: 2, ...UNSETTLED }),
      pods: [observed(0), observed(1), { pod: pod(2, { isReady: false }), observation: undefined }],
    },
    ready: 'False Starting',
    progressing: 'True Starting',
  },
  'an instance is on its way out with what it had': {
    facts: { pods: [observed(0), observed(1), observed(2, { revision: 6 }, { isLeaving: true })] },
    ready: SERVING,
  },
  'an instance refuses its configuration': {
    facts: {
      pods: [observed(0, { revision: 6, refused: 'no' }), observed(1), observed(2)],
      wasReady: true,
    },
    ready: 'False ConfigurationRefused',
    applied: 'False Refused',
  },
  'an instance takes up a field when it starts next': {
    facts: { pods: [observed(0, { needsRestart: ['client'] }), observed(1), observed(2)] },
    ready: SERVING,
    progressing: 'True NeedsRestart',
  },
  'an instance accepts no change': {
    facts: { pods: [observed(0, { frozen: 'the disk is full' }), observed(1), observed(2)] },
    ready: 'False Frozen',
  },
  'something is wrong that keeps nobody from being served': {
    facts: { findings: [degraded('UnknownField')] },
    ready: SERVING,
  },
  'something else was found before what puts the service in doubt': {
    facts: {
      findings: [degraded('UnknownField')],
      pods: [observed(0, { frozen: 'the disk is full' }), observed(1), observed(2)],
    },
    ready: 'False Frozen',
  },
};

describe('Ready, Progressing and ConfigurationApplied when', () => {
  test.each(Object.entries(ROWS))('%s', (_when, { facts: given, ...expected }) => {
    const conditions = judged(given);
    expect({
      ready: brief('Ready', conditions),
      progressing: brief('Progressing', conditions),
      applied: brief('ConfigurationApplied', conditions),
    }).toEqual({ progressing: QUIET, applied: IN_FORCE, ...expected });
  });
});

describe('Ready', () => {
  test('says how many pods serve, and why not more', () => {
    const set = settledSet(WANTS, { ready: 2, isSettled: false });
    expect(condition('Ready', judged()).message).toBe('3 of 3 pods serve');
    expect(condition('Ready', judged({ set, findings: [degraded('NodeLost')] })).message).toBe(
      '2 of 3 pods serve: NodeLost',
    );
  });

  test('is true with no replicas asked for, and says so', () => {
    const none = appServer({ replicas: 0 });
    const conditions = judge(facts(none));
    expect(condition('Ready', conditions)).toEqual({
      type: 'Ready',
      status: 'True',
      reason: 'NoReplicas',
      message: 'no pods are asked for',
    });
  });

  test('K13: names maxAppServers where replicas are held back for want of a place', () => {
    const bank = dataServer({
      maxAppServers: 2,
      allowedIncoming: [{ name: 'a', cidr: '10.0.0.0/8' }],
    });
    const dataServers = [{ name: 'BANK', dataServerRef: { name: 'bank' } }];
    const teller = appServer({ replicas: 3, dataServers });
    const topology = topologyOf(teller, [bank]);
    expect(topology.admittedReplicas).toBe(2);
    const held = { topology, set: settledSet(2), pods: [observed(0), observed(1)] };
    const ready = condition('Ready', judge(facts(teller, held)));
    expect(ready).toMatchObject({ status: 'False', reason: 'MaxAppServersExceeded' });
    expect(ready.message).toMatch(
      /^2 of 3 pods serve: EcpDataServer data\/bank takes 2 app servers/,
    );
  });

  test('is false with the reason why nothing can run at all', () => {
    const nothing = { ...TOPOLOGY, configuration: undefined, findings: [degraded('NameTaken')] };
    const conditions = judged({ topology: nothing, set: undefined, pods: [] });
    expect(brief('Ready', conditions)).toBe('False NameTaken');
    expect(brief('ConfigurationApplied', conditions)).toBe('False NoConfiguration');
    const silent = { ...nothing, findings: [] };
    expect(brief('Ready', judged({ topology: silent }))).toBe('False NoConfiguration');
  });
});

describe('ConfigurationApplied', () => {
  test('names the instances that are behind, with what they have', () => {
    const pods = [observed(0, { revision: 6 }), { pod: pod(1), observation: undefined }];
    expect(condition('ConfigurationApplied', judged({ pods })).message).toBe(
      `revision ${CONFIGURATION.revision} is not in force yet on bank-0 (6), bank-1 (no answer)`,
    );
  });
});

describe('Progressing', () => {
  test('says that pods wait for a hand where the strategy is OnDelete', () => {
    const onDelete = appServer({ replicas: 2, updateStrategy: { type: 'OnDelete' } });
    const set = settledSet(2, { updated: 1, isSettled: false });
    const pods = [observed(0, {}, OLD), observed(1)];
    expect(condition('Progressing', judge(facts(onDelete, { set, pods }))).message).toBe(
      '1 of 2 pods are as the spec says; the others follow as you delete them',
    );
  });
});

describe('whatever is found', () => {
  const doubtful: ReadonlySet<Reason> = new Set([
    'Frozen',
    'ConfigurationRefused',
    'VolumesOfAnother',
    'InvalidSpec',
    'InvalidObject',
    'Forbidden',
    'NameTaken',
    'InvalidConfiguration',
  ] as const);
  // Nothing is found where all is well; a refusal is found at a pod, with the fault that it is.
  const never = ['AsSpecified', 'Resolved', 'WithinLimits', 'InForce', 'Refused'];
  const reasons = (Object.keys(REASONS) as Reason[]).filter((reason) => !never.includes(reason));
  const possible = reasons.flatMap((reason) =>
    (REASONS[reason].types as readonly ConditionType[])
      .filter((type) => type !== 'Ready')
      .map((type) => ({ type, reason })),
  );
  const finding: fc.Arbitrary<Finding> = fc
    .tuple(fc.constantFrom(...possible), fc.constantFrom('one', 'another'))
    .map(([what, message]) => ({ ...what, message }));
  const count = fc.nat(4);
  const set = fc.option(
    fc
      .record({ present: count, ready: count, updated: count, isSettled: fc.boolean() })
      .map((more) => settledSet(WANTS, more)),
    { nil: undefined },
  );
  const onePod = fc
    .record({
      isReady: fc.boolean(),
      isLeaving: fc.boolean(),
      isOld: fc.boolean(),
      revision: fc.constantFrom(0, 6, 7, 8),
      frozen: fc.constantFrom('', 'the disk is full'),
      refused: fc.constantFrom('', 'no'),
      answers: fc.boolean(),
    })
    .map(({ isReady, isLeaving, isOld, revision, frozen, refused, answers }) => {
      const life = { isReady, isLeaving, ...(isOld ? OLD : {}) };
      const seen = observed(0, { revision, frozen, refused }, life);
      return answers ? seen : { ...seen, observation: undefined };
    });
  const given = fc.record({
    set,
    pods: fc.array(onePod, { maxLength: 4 }),
    findings: fc.array(finding, { maxLength: 4 }),
    configuration: fc.option(fc.constant(CONFIGURATION), { nil: undefined }),
    partition: count,
    wasReady: fc.boolean(),
  });

  test('there is one condition of a type, with a reason and words, and the main ones always', () => {
    fc.assert(
      fc.property(given, (more) => {
        const conditions = judged(more);
        const types = conditions.map(({ type }) => type);
        expect(new Set(types).size).toBe(types.length);
        expect(types).toEqual(
          expect.arrayContaining(['Ready', 'Progressing', 'Degraded', 'ConfigurationApplied']),
        );
        for (const { type, reason, message } of conditions) {
          // As the reference of conditions has it.
          expect(REASONS[reason].types).toContain(type);
          expect(message).not.toBe('');
        }
      }),
    );
  });

  test('Ready is true only with enough pods that serve and nothing that puts it in doubt', () => {
    fc.assert(
      fc.property(given, (more) => {
        const conditions = judged(more);
        const frozen = more.pods.some(
          ({ pod: { isLeaving }, observation }) =>
            !isLeaving && observation?.frozen !== '' && observation !== undefined,
        );
        const isInDoubt =
          frozen ||
          more.findings.some(({ type, reason }) => type === 'Degraded' && doubtful.has(reason));
        const enough = (more.set?.ready ?? 0) >= replicasOf(TELLER);
        if (isInDoubt || !enough) expect(condition('Ready', conditions).status).toBe('False');
        else if (more.set?.isSettled === true && more.wasReady) {
          // And nothing else keeps it from being true.
          const refused = condition('Degraded', conditions).message.includes('refuses');
          expect(condition('Ready', conditions).status).toBe(refused ? 'False' : 'True');
        }
      }),
    );
  });
});
