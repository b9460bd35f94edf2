import type { Checkpoints } from './checkpoint/checkpoints.ts';
import type { Clock } from './clock.ts';
import type { Progress } from './progress.ts';
import type { Recorder } from './recorder.ts';
import type { Speed } from './speed.ts';

/** What the loop of a run keeps, and whatever it calls works with. */
export interface Books {
  readonly clock: Clock;
  readonly speed: Speed;
  readonly progress: Progress;
  readonly checkpoints: Checkpoints;
  readonly recorder: Recorder;
}

/** How an attempt at a run ends. */
export interface Ending {
  readonly outcome: 'finished' | 'stopped' | 'diverged' | 'paused';
  readonly reason: string;
  /** The last step made. */
  readonly step: number;
}
