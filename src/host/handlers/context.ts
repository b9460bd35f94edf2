import type { Store } from '../../store/store.ts';
import type { Live } from '../live.ts';
import type { DataJobs } from '../dataJobs.ts';
import type { DataLibrary } from '../dataLibrary.ts';
import type { HealthReader } from '../health.ts';
import type { HostOptions } from '../options.ts';
import type { Queue } from '../queue.ts';
import type { Searches } from '../search.ts';
import type { StatusBoard } from '../status.ts';
import type { Supervisor } from '../supervisor.ts';

/** What the handlers work with; made once by the composition root. */
export interface HandlerContext {
  readonly options: HostOptions;
  /** Why the database is open for reading only, as a sentence; null where it may be changed. */
  readonly readOnlyBecause: string | null;
  readonly store: Store;
  readonly data: DataLibrary;
  readonly dataJobs: DataJobs;
  readonly live: Live;
  readonly queue: Queue;
  readonly supervisor: Supervisor;
  readonly searches: Searches;
  readonly status: StatusBoard;
  readonly health: HealthReader;
}
