/** Randomness, as the cores see it: seeded in the simulator. */
export interface Random {
  /** Uniform in [0, 1). For jitter and sampling. */
  next(): number;
  /** A new identifier: 32 lower-case hexadecimal digits. */
  uuid(): string;
}
