import type { WorkProgress } from '../../contract/data.ts';
import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import { importDataSet } from '../../data/import/importDataSet.ts';
import type { TellProgress } from './progress.ts';

/** Between two messages about progress. */
const PAUSE_MS = 100;

/** Reads a data set into files of its own. Whoever no longer wants it ends the process. */
export function importData(
  { import: asked, folder }: TaskRequest<'importData'>,
  tell: TellProgress,
): Promise<TaskResult<'importData'>> {
  return importDataSet({ ...asked, folder }, paced(tell), new AbortController().signal);
}

/** A message for each image would take longer than the image. */
function paced(tell: TellProgress): TellProgress {
  let told: WorkProgress | null = null;
  let at = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (told?.stage === progress.stage && now - at < PAUSE_MS) return;
    told = progress;
    at = now;
    tell(progress);
  };
}
