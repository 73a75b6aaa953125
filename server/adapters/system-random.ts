/** The machine's randomness, for the Random port. */
import { randomBytes } from 'node:crypto';
import type { Random } from '../ports/random.ts';

export class SystemRandom implements Random {
  next(): number {
    return Math.random();
  }

  uuid(): string {
    return randomBytes(16).toString('hex');
  }
}
