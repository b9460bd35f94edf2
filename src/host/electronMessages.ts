import type { News } from '../analysis/news.ts';
import type { OverallProgress } from '../analysis/progress.ts';
import type { UserErrorData } from '../contract/errors.ts';
import type { Program } from './launcher.ts';

export type { News, OverallProgress };

/**
 * What Electron's main process and the host's utility process say to each other beside the contract: the host may not
 * fork utility processes, open dialogs or show files, so it asks. Ports travel as the ports of a message.
 */
export type ToHostProcess =
  | { readonly type: 'open'; readonly databaseFile: string; readonly resourcesFolder: string }
  /** With a port: a window's channel. */
  | { readonly type: 'client' }
  /** With a port: the channel to the process that `launch` asked for. */
  | { readonly type: 'launched'; readonly id: number; readonly pid: number | undefined }
  | { readonly type: 'exited'; readonly id: number; readonly code: number; readonly lastWords: readonly string[] }
  /** A file or folder that the user chose or dropped; a page knows it by the handle. */
  | { readonly type: 'picked'; readonly handle: string; readonly path: string }
  /** Stop the trainers with a checkpoint, close the store, answer `closed`. */
  | { readonly type: 'close' };

export type FromHostProcess =
  | { readonly type: 'opened' }
  | { readonly type: 'refused'; readonly error: UserErrorData }
  | { readonly type: 'launch'; readonly id: number; readonly program: Program }
  | { readonly type: 'kill'; readonly id: number }
  | { readonly type: 'showFile'; readonly file: string }
  /** How many runs would end with this host: those that train, rest in memory or wait; sent when it changes. */
  | { readonly type: 'busy'; readonly runs: number }
  /** What trains, here or in the application that this one is a client of; null where nothing does; sent when it changes. */
  | { readonly type: 'progress'; readonly progress: OverallProgress | null }
  /** Worth a notification while the window is not in front. */
  | { readonly type: 'news'; readonly news: News }
  | { readonly type: 'closed' };
