/**
 * Escalation: a job with very many locks below one name is given that name in their stead, so that they take one entry.
 * Only where it can be granted at once: nobody is made to wait for it (rule R17).
 */
import { add, type Hold, isHeld, type LockNode, modeOf } from './lock-node.ts';
import type { LockMode, LockOwner } from './lock-request.ts';

/** What it needs of the table. */
export interface Escalation {
  readonly threshold: number;
  /** The owner's entry of a name, made without counts if there is none. */
  hold(owner: LockOwner, node: LockNode): Hold;
  /** Takes out an entry that others met in a mode. */
  drop(hold: Hold, mode: LockMode): void;
}

/** The entry that stands for escalated locks of the same mode below the same name. */
export function escalatedHold(owner: LockOwner, node: LockNode, mode: LockMode): Hold | undefined {
  // An own entry of the name itself goes first: it was not escalated.
  if (node.holdOf(owner) !== undefined) return undefined;
  const hold = node.parent?.holdOf(owner);
  return hold !== undefined && (hold.escalated?.[mode] ?? 0) > 0 ? hold : undefined;
}

/** A new escalating lock was taken: escalates those below its parent, if they are enough. */
export function escalate(
  owner: LockOwner,
  node: LockNode,
  mode: LockMode,
  escalation: Escalation,
): void {
  const { parent } = node;
  // The root and the databases are no names.
  if (parent?.parent?.parent === undefined) return;
  const count = (owner.escalating.get(parent) ?? 0) + 1;
  owner.escalating.set(parent, count);
  if (count <= escalation.threshold) return;
  if (parent.someBlocker(owner, mode, () => true)) return;
  if (parent.someWaiter(owner, mode, Infinity, () => true)) return;
  const hold = escalation.hold(owner, parent);
  const before = isHeld(hold) ? modeOf(hold) : undefined;
  for (const child of [...parent.children()]) {
    const below = child.holdOf(owner);
    if (below?.isEscalating !== true || !isOnly(below, mode)) continue;
    hold.escalated = add(hold.escalated, mode, below[mode]);
    escalation.drop(below, mode);
  }
  const now = modeOf(hold);
  if (before === now) return;
  parent.count(owner, now, 1);
  if (before !== undefined) parent.count(owner, before, -1);
}

/** An entry that is let go of, or was asked for without escalating, does not count for its parent any more. */
export function leaveEscalation(hold: Hold): void {
  const { parent } = hold.node;
  if (!hold.isEscalating || parent === undefined) return;
  hold.isEscalating = false;
  const { escalating } = hold.owner;
  const left = (escalating.get(parent) ?? 1) - 1;
  if (left === 0) escalating.delete(parent);
  else escalating.set(parent, left);
}

/** Whether all that is held is of one mode, and stands for nothing below. */
function isOnly({ exclusive, shared, escalated }: Hold, mode: LockMode): boolean {
  const other = mode === 'exclusive' ? shared : exclusive;
  return other === 0 && escalated === undefined;
}
