import type { RunRow } from '../contract/run.ts';
import { hasTrainer } from '../contract/runState.ts';
import type { StudyTable } from '../contract/study.ts';
import type { Api } from '../link/rpc.ts';
import { followRuns } from './follow.ts';
import { EXIT, print, printJson } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import { endedLine, progressLines } from './progressLine.ts';
import { finish, onTrainingInterrupt, open, type CommonOptions } from './session.ts';
import { studyTableText } from './studyTable.ts';

/** A study, and those of its runs that are trained now. */
interface StudyToTrain {
  readonly id: number;
  readonly runIds: readonly number[];
}

/** Trains the runs of a study that a command made ready, shows how they come on, and prints the paired table of all. */
export async function trainStudy(
  options: CommonOptions,
  prepare: (api: Api, progress: Progress) => Promise<StudyToTrain>,
): Promise<void> {
  const application = await open(options);
  const progress = createProgress();
  let interrupted = false;
  try {
    const { api } = application;
    const { id, runIds } = await prepare(api, progress);
    const interrupt = onTrainingInterrupt(application, progress, () => api['studies.stop']({ id }));
    const announced = new Set<number>();
    const onChange = (run: RunRow, all: readonly RunRow[]) => {
      if (run.endedAt !== null && run.startedAt !== null && !announced.has(run.id)) {
        announced.add(run.id);
        progress.say(`${announced.size}/${runIds.length}  ${endedLine(run)}`);
      }
      progress.show(progressLines(all.filter(hasTrainer), `${announced.size}/${runIds.length} done  `));
    };
    const runs = await followRuns(api, { ids: runIds, onChange });
    interrupt.dispose();
    interrupted = interrupt.wasInterrupted();
    progress.end();
    const table = await api['studies.table']({ id, metric: 'testAccuracy' });
    if (options.json) printJson(resultOf(table, runs));
    else print(studyTableText(table));
    process.exitCode = exitCode(runs, interrupted);
  } finally {
    progress.end();
    await finish(application, progress, interrupted);
  }
}

function exitCode(runs: readonly RunRow[], interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  return runs.every(({ state }) => state === 'finished' || state === 'stopped') ? EXIT.done : EXIT.failed;
}

function resultOf(table: StudyTable, runs: readonly RunRow[]): object {
  return {
    studyId: table.studyId,
    name: table.name,
    metric: table.metric,
    series: table.series,
    rows: table.cells.map(({ series, version, depth, n, mean, std, interval, runIds, failed }) => ({
      series,
      version,
      depth,
      n,
      mean,
      std,
      interval,
      runIds,
      failed,
    })),
    differences: table.differences,
    runs: runs.map(({ id, state, reason }) => ({ runId: id, status: state, reason })),
  };
}
