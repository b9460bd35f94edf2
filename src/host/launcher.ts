import type { ToTask } from '../contract/task.ts';
import type { ToTrainer } from '../contract/trainer.ts';
import type { Channel } from '../link/channel.ts';

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null;
  /** `SIGKILL` and so on; null where it exited by itself or the platform does not tell. */
  readonly signal: string | null;
  /** The last lines it wrote to its standard error. */
  readonly lastWords: readonly string[];
}

/** A started process; what arrives on its channel is not validated yet. */
export interface ChildOf<Outgoing> {
  readonly channel: Channel<unknown, Outgoing>;
  readonly pid: number | undefined;
  /** Called once, after everything that it sent has been delivered. */
  onExit(listener: (exit: ProcessExit) => void): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** A started trainer. Its channel carries `FromTrainer` and `ToTrainer`. */
export type TrainerProcess = ChildOf<ToTrainer>;

/** A started task. Its channel carries `FromTask` and `ToTask`. */
export type TaskProcess = ChildOf<ToTask>;

/** Starts processes; each shell of the application brings its own. */
export interface Launcher {
  trainer(): Promise<TrainerProcess>;
  task(): Promise<TaskProcess>;
}

export type Program = keyof Launcher;
