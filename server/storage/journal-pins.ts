/**
 * Who needs the journal, and from which position on: what is at or behind the lowest such position is never purged.
 * A checkpoint, a database that is away, an open transaction and a running backup each have a pin of their own.
 */

export interface JournalPin {
  /** For the log and the status: `backup of DATA`. */
  readonly reason: string;
  /** What it needs, the byte at this position included; undefined: nothing at present. Asked at each checkpoint. */
  readonly position: () => number | undefined;
}

export interface PinnedPosition {
  readonly reason: string;
  readonly position: number;
}

export class JournalPins {
  readonly #pins = new Set<JournalPin>();

  /** Adds a pin; what is returned lets go of it, once and for all. */
  add(pin: JournalPin): () => void {
    this.#pins.add(pin);
    return () => void this.#pins.delete(pin);
  }

  /** Keeps the journal from a position on until what is returned is called. */
  hold(reason: string, position: number): () => void {
    return this.add({ reason, position: () => position });
  }

  /** What is held at present, the lowest position first. */
  held(): readonly PinnedPosition[] {
    const held: PinnedPosition[] = [];
    for (const { reason, position } of this.#pins) {
      const at = position();
      if (at !== undefined) held.push({ reason, position: at });
    }
    return held.sort((a, b) => a.position - b.position);
  }

  /** The lowest position that anybody needs; undefined where nobody does. */
  get lowest(): number | undefined {
    return this.held()[0]?.position;
  }
}
