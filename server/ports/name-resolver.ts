/** Host names to addresses, asked anew each time: names in allow-lists follow DNS. */
export interface NameResolver {
  /** `done` gets the addresses in canonical form; none when the name does not resolve. */
  resolve(host: string, done: (addresses: readonly string[]) => void): void;
}
