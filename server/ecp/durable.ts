/** Waiting for durability, for who awaits: what tells of it takes a callback, which is called at once where it can be. */
import type { EcpError } from '../base/errors.ts';

export interface TellsDurability {
  /** Calls when every change made so far is durable; with an error where it never will be. */
  whenDurable(done: (error: EcpError | undefined) => void): void;
}

/** Resolves when every change made so far is durable. EcpError as `whenDurable` tells it. */
export function durable(place: TellsDurability): Promise<void> {
  return new Promise((resolve, reject) =>
    place.whenDurable((error) => {
      if (error === undefined) resolve();
      else reject(error);
    }),
  );
}
