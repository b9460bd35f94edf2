import { endedWithDepthlab } from '../contract/closing.ts';
import type { RunRow } from '../contract/run.ts';
import { isEnded } from '../contract/runState.ts';
import type { StudyRow } from '../contract/study.ts';
import { epochEvaluation } from './epochEvaluation.ts';
import { formatMetric } from './format.ts';

/** Something that its user wants to hear of while the window is not in front. */
export interface News {
  readonly title: string;
  readonly body: string;
  /** The view of the window that shows it; null where it is about no view. */
  readonly address: string | null;
}

export interface Newsroom {
  /** Takes runs as `runs.watch` gives them, all of them at first. */
  runs(changed: readonly RunRow[]): News[];
  /** Takes studies as `studies.watch` gives them, all of them at first. */
  studies(changed: readonly StudyRow[]): News[];
  /** Takes the status bar's notice; empty while there is none. */
  notice(text: string): News[];
}

/**
 * Decides what is worth a notification: a failure, a divergence or a killed trainer at once, the end of a run or of a whole study, a store that
 * cannot be written. Not what the user did (a stop, a pause), not each run of a study, nor a diverged trial of a search,
 * which is one of its ordinary results. What was so at the first look is no news.
 */
export function createNewsroom(): Newsroom {
  const runs = new Map<number, RunRow>();
  const studies = new Map<number, StudyRow>();
  const over = new Set<number>();
  let newestRun: number | null = null;
  let knowsStudies = false;
  let lastNotice: string | null = null;

  const membersOf = ({ runIds }: StudyRow) => runIds.flatMap((id) => runs.get(id) ?? []);

  /** Runs and studies come by two streams, in either order: a study is over when both say so. */
  const studyNews = (id: number): News[] => {
    const study = studies.get(id);
    if (study === undefined) return [];
    const members = membersOf(study);
    const isOver = hasEnded(study) && members.every(({ state }) => isEnded(state));
    if (isOver === over.has(id)) return [];
    if (!isOver) over.delete(id);
    else over.add(id);
    return isOver && endedByItself(members) ? [newsOfStudy(study)] : [];
  };

  return {
    runs(changed) {
      const isNew = (run: RunRow) => {
        if (newestRun === null) return false;
        const before = runs.get(run.id);
        // Ids grow: one that is newer than all that were known was started since the last look.
        return before === undefined ? run.id > newestRun : before.state !== run.state;
      };
      const news = changed.filter(isNew).flatMap((run) => newsOfRun(run, studies.get(run.studyId ?? 0)));
      for (const run of changed) runs.set(run.id, run);
      newestRun = Math.max(newestRun ?? 0, ...changed.map(({ id }) => id));
      const touched = new Set(changed.flatMap(({ studyId }) => studyId ?? []));
      return [...news, ...[...touched].flatMap(studyNews)];
    },
    studies(changed) {
      for (const study of changed) studies.set(study.id, study);
      const isFirst = !knowsStudies;
      knowsStudies = true;
      if (!isFirst) return changed.flatMap(({ id }) => studyNews(id));
      for (const study of changed) if (hasEnded(study)) over.add(study.id);
      return [];
    },
    notice(text) {
      const isNews = lastNotice !== null && text !== '' && text !== lastNotice;
      lastNotice = text;
      return isNews ? [{ title: 'Depthlab needs attention', body: text, address: null }] : [];
    },
  };
}

function hasEnded({ pending, request }: StudyRow): boolean {
  return pending === 0 && request.search?.isOver !== false;
}

/** Not by a stop, nor with the application: the run that ended last did so of itself. */
function endedByItself(members: readonly RunRow[]): boolean {
  const [last] = members.toSorted((one, other) => (other.endedAt ?? 0) - (one.endedAt ?? 0));
  return last !== undefined && (['finished', 'failed', 'diverged'].includes(last.state) || wasKilled(last));
}

/** Its trainer was ended from outside, while the application lives. */
function wasKilled(run: RunRow): boolean {
  return run.state === 'interrupted' && !endedWithDepthlab(run);
}

function newsOfRun(run: RunRow, study: StudyRow | undefined): News[] {
  const address = `/runs/${run.id}`;
  switch (run.state) {
    case 'failed':
      return [{ title: `${run.name} failed`, body: run.reason, address }];
    case 'interrupted':
      return wasKilled(run) ? [{ title: `${run.name} was interrupted`, body: run.reason, address }] : [];
    case 'diverged':
      return study?.request.search === undefined ? [{ title: `${run.name} diverged`, body: run.reason, address }] : [];
    case 'finished':
      return run.studyId === null ? [{ title: `${run.name} finished`, body: resultOf(run), address }] : [];
    default:
      return [];
  }
}

function resultOf(run: RunRow): string {
  const { title, accuracy } = epochEvaluation(run.recipe);
  if (run.testAccuracy !== null) return `Test accuracy ${formatMetric('testAccuracy', run.testAccuracy)} %`;
  const evaluated = run[accuracy];
  return evaluated === null ? '' : `${title} accuracy ${formatMetric(accuracy, evaluated)} %`;
}

function newsOfStudy({ id, name, finished, ended }: StudyRow): News {
  const all = finished + ended;
  const body = ended === 0 ? `All of its ${all} runs finished` : `${finished} of ${all} runs finished`;
  return { title: `${name} has ended`, body, address: `/studies/${id}` };
}
