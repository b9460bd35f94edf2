import { createNewsroom, type News } from '../analysis/news.ts';
import { overallProgress, type OverallProgress } from '../analysis/progress.ts';
import type { RunRow } from '../contract/run.ts';
import { hasTrainer } from '../contract/runState.ts';
import type { Api } from '../link/rpc.ts';

export interface ActivityListeners {
  /** Called with null at first, and with each change of it that can be seen: a part in a thousand. */
  readonly onProgress: (progress: OverallProgress | null) => void;
  readonly onNews: (news: News) => void;
}

/** Tells a shell what trains and what is worth a notification, until the connection to the owner closes. */
export function watchActivity(api: Api, { onProgress, onNews }: ActivityListeners): void {
  const newsroom = createNewsroom();
  const atWork = new Map<number, RunRow>();
  let shown = '';

  const showProgress = () => {
    const exact = overallProgress(atWork.values());
    const progress = exact && { ...exact, share: Math.floor(1000 * exact.share) / 1000 };
    const text = JSON.stringify(progress);
    if (text === shown) return;
    shown = text;
    onProgress(progress);
  };
  const close = () => {
    atWork.clear();
    showProgress();
  };

  api['studies.watch']({}, (studies) => newsroom.studies(studies).forEach(onNews));
  api['runs.watch'](
    {},
    (runs) => {
      newsroom.runs(runs).forEach(onNews);
      for (const run of runs) {
        if (hasTrainer(run)) atWork.set(run.id, run);
        else atWork.delete(run.id);
      }
      showProgress();
    },
    close,
  );
  api['application.status']({}, ({ notice }) => newsroom.notice(notice).forEach(onNews));
}
