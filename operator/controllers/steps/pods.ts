/** StatefulSet and disruption budget, with the template going to as many pods as may have it now. */
import { podDisruptionBudget } from '../../resources/pod-disruption-budget.ts';
import { podDisruptionBudgetName } from '../../resources/names.ts';
import { statefulSet } from '../../resources/stateful-set.ts';
import type { Pass } from '../pass.ts';
import type { Tools } from '../tools.ts';
import { BUDGET, STATEFUL_SET } from '../resource-types.ts';
import { keyIn } from '../world.ts';

export async function applyPods(pass: Pass, { applier, copies }: Tools): Promise<void> {
  const { workload, claimant, resource, setObject } = pass;
  if (workload === undefined) return;
  const sets = { type: STATEFUL_SET, copies: copies.statefulSets };
  await applier.apply(sets, statefulSet(workload, setObject), claimant);
  const budgets = { type: BUDGET, copies: copies.budgets };
  const budget = podDisruptionBudget(workload);
  if (budget === undefined) {
    await applier.remove(budgets, keyIn(resource, podDisruptionBudgetName(resource)), claimant);
  } else await applier.apply(budgets, budget, claimant);
}
