/** What `run.ts` asks of the application module in our application server, and what comes back. */

export type Order =
  | { readonly kind: 'load'; readonly nodes: number }
  | { readonly kind: 'warm' | 'order' | 'keys' | 'coldOrder' | 'coldKeys' }
  | { readonly kind: 'increment' | 'roundTrip'; readonly count: number }
  | { readonly kind: 'getRandom' | 'set'; readonly nodes: number; readonly count: number }
  | { readonly kind: 'incrementMany'; readonly count: number; readonly jobs: number }
  | { readonly kind: 'lock'; readonly count: number; readonly jobs: number }
  | {
      readonly kind: 'transactions';
      readonly nodes: number;
      readonly count: number;
      readonly synchronous: boolean;
    }
  | { readonly kind: 'holdLocks'; readonly count: number }
  | { readonly kind: 'lockOnce' }
  | { readonly kind: 'import'; readonly files: readonly string[] };

export interface Figure {
  readonly count: number;
  readonly seconds: number;
  readonly p50Us?: number;
  readonly p99Us?: number;
  /** Until everything was durable too. */
  readonly durableSeconds?: number;
}

/**
 * Visits 0 … nodes-1 in an order without locality, each once: full period for `nodes` = 2^a · 5^b with
 * a ≥ 2. bench/peers/bench.m has the same line.
 */
export function nextNode(k: number, nodes: number): number {
  return (k * 7621 + 1) % nodes;
}
