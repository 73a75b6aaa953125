/** What times a connection: four limits that are settings, and follow them while they run (table 4-1, §3.2.1). */
import type { Clock } from '../../ports/clock.ts';
import { Deadline } from '../deadline.ts';
import type { ConnectionSettings } from './settings.ts';

export interface DeadlinesPassed {
  redial(): void;
  connecting(): void;
  recovering(): void;
  beat(): void;
}

export class ConnectionDeadlines {
  /** Until the next dial: the time between reconnections, or less. */
  readonly redial: Deadline;
  /** Background attempts for a first session end. */
  readonly connecting: Deadline;
  /** Trouble and Recovery end, however often a recovery begins in them. */
  readonly recovering: Deadline;
  /** The next sign of life. */
  readonly beat: Deadline;
  #pauseMs = Infinity;

  constructor(clock: Clock, settings: () => ConnectionSettings, passed: DeadlinesPassed) {
    const redialMs = (): number => Math.min(this.#pauseMs, settings().reconnectIntervalMs);
    this.redial = new Deadline(clock, redialMs, () => passed.redial());
    const connectMs = (): number => settings().connectGiveUpMs;
    this.connecting = new Deadline(clock, connectMs, () => passed.connecting());
    const recoveryMs = (): number => settings().recoveryMs;
    this.recovering = new Deadline(clock, recoveryMs, () => passed.recovering());
    const beatMs = (): number => settings().heartbeatMs;
    this.beat = new Deadline(clock, beatMs, () => passed.beat());
  }

  /** Dials after the interval, or sooner. */
  redialAfter(pauseMs: number): void {
    this.#pauseMs = pauseMs;
    this.redial.begin();
  }

  /** Settings have changed. */
  renew(): void {
    for (const deadline of [this.redial, this.connecting, this.recovering, this.beat])
      deadline.renew();
  }

  /** Nobody waits for a connection any more. */
  cancelWaits(): void {
    this.connecting.cancel();
    this.recovering.cancel();
  }

  /** There is no channel, and none is being made. */
  cancelChannel(): void {
    this.redial.cancel();
    this.beat.cancel();
  }
}
