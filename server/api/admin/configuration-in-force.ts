/**
 * The configuration of a running instance: where it came from, how another one is taken, and what of it waits
 * for a restart (rule K5, docs/adr/0011).
 *
 *   start      the file, or what was accepted before, whichever has the higher revision
 *   configure  a text that was pushed: checked whole, kept durably, then applied
 *   reload     the file, read again: the same, but at revision 0 it is refused where it needs a restart
 *
 * Invariants: no revision above 0 is ever followed by a lower one, restarts included; what is refused changes
 * nothing.
 */
import { isEcpError, messageOf } from '../../base/errors.ts';
import { fieldsNeedingRestart, type Configuration } from '../../instance/configuration.ts';
import {
  isAcceptedNewer,
  judge,
  liveConfiguration,
  refusedConfiguration,
  refuseImmutable,
} from '../../instance/configuration-revision.ts';
import type { Log } from '../../ports/log.ts';

/** A text and what it says. */
export interface Offer {
  readonly text: string;
  readonly hash: string;
  readonly revision: number;
  readonly configuration: Configuration;
}

export interface ConfigurationPorts {
  /** Reads and checks a text; EcpError CONFIGURATION lists what is wrong. `source` names it there. */
  readonly read: (text: string, source: string) => Offer;
  /** The file's text. */
  readonly file: () => string;
  /** Keeps a text so that a crash leaves the old one or the new one. */
  readonly keep: (offer: Offer) => void;
  readonly log: Log;
}

/** What Configure answers. */
export interface ConfigureOutcome {
  /** Empty when the text was taken, or was in force already. */
  readonly refused: string;
  readonly revision: number;
  readonly hash: string;
  readonly needsRestart: readonly string[];
}

export class ConfigurationInForce {
  readonly #ports: ConfigurationPorts;
  #inForce: Offer;
  #running: Configuration;
  #needsRestart: readonly string[] = [];
  #refused = '';
  #apply: (configuration: Configuration) => void = () => undefined;

  /** `accepted` is the text that was kept, if there is one; damaged, it is left aside with an error in the log. */
  constructor(mounted: Offer, accepted: string | undefined, ports: ConfigurationPorts) {
    this.#ports = ports;
    const before = accepted === undefined ? undefined : this.#readAccepted(accepted);
    const isOlder = before !== undefined && isAcceptedNewer(mounted, before);
    this.#inForce = isOlder ? before : mounted;
    this.#running = this.#inForce.configuration;
    if (isOlder) {
      const fields = { file: mounted.revision, accepted: before.revision };
      ports.log.warn('the configuration file is older than what was accepted', fields);
    }
    if (this.#inForce.revision > 0 && this.#inForce.hash !== before?.hash) this.#keepOrLog();
  }

  #readAccepted(text: string): Offer | undefined {
    try {
      return this.#ports.read(text, 'accepted configuration');
    } catch (error) {
      if (!isEcpError(error)) throw error;
      this.#ports.log.error('the accepted configuration is damaged, the file is used', {
        problem: messageOf(error),
      });
      return undefined;
    }
  }

  #keepOrLog(): void {
    try {
      this.#ports.keep(this.#inForce);
    } catch (error) {
      this.#ports.log.error('the configuration could not be kept', { problem: messageOf(error) });
    }
  }

  /** From now on `apply` is called with each change. */
  onChange(apply: (configuration: Configuration) => void): void {
    this.#apply = apply;
  }

  /** What the instance runs with: where only a restart changes a field, its value from the start. */
  get running(): Configuration {
    return this.#running;
  }

  get revision(): number {
    return this.#inForce.revision;
  }

  get hash(): string {
    return this.#inForce.hash;
  }

  /** Fields of the configuration in force that take effect at the next start. */
  get needsRestart(): readonly string[] {
    return this.#needsRestart;
  }

  /** Why the last offer was refused; empty if it was not. */
  get refused(): string {
    return this.#refused;
  }

  /** Takes a pushed text, or says why not. */
  configure(text: string): ConfigureOutcome {
    try {
      this.#offer(this.#ports.read(text, 'configuration'));
    } catch (error) {
      // Whoever pushed it hears of it.
      this.#ports.log.warn('configuration refused', { problem: this.#noteRefusal(error) });
    }
    const { refused, revision, hash, needsRestart } = this;
    return { refused, revision, hash, needsRestart };
  }

  /** Reads the file again. EcpError CONFIGURATION says why it is refused. */
  reload(): void {
    try {
      const offer = this.#ports.read(this.#ports.file(), 'configuration file');
      if (offer.revision === 0 && this.#inForce.revision === 0) {
        const fixed = fieldsNeedingRestart(this.#running, offer.configuration);
        if (fixed.length > 0)
          throw refusedConfiguration(`needs a restart to change: ${fixed.join(', ')}`);
      }
      this.#offer(offer);
    } catch (error) {
      const problem = this.#noteRefusal(error);
      this.#ports.log.error('configuration not applied', { problem });
      throw error;
    }
  }

  #offer(offer: Offer): void {
    const verdict = judge(this.#inForce, offer);
    if (typeof verdict === 'object') throw refusedConfiguration(verdict.refused);
    refuseImmutable(this.#running, offer.configuration);
    this.#refused = '';
    if (verdict === 'same') return;
    const { configuration, needsRestart } = liveConfiguration(this.#running, offer.configuration);
    // Kept before it is applied: else a restart could bring back what it takes away.
    if (offer.revision > 0) this.#keep(offer);
    this.#inForce = offer;
    this.#running = configuration;
    this.#needsRestart = needsRestart;
    this.#apply(configuration);
    const { revision, hash } = offer;
    this.#ports.log.info('configuration applied', {
      revision,
      hash,
      needsRestart: needsRestart.join(', '),
    });
  }

  #keep(offer: Offer): void {
    try {
      this.#ports.keep(offer);
    } catch (error) {
      throw refusedConfiguration(`cannot be kept: ${messageOf(error)}`);
    }
  }

  #noteRefusal(error: unknown): string {
    if (!isEcpError(error)) throw error;
    this.#refused = error.message;
    return error.message;
  }
}
