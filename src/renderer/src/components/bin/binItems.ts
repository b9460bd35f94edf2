import type { Bin } from '../../../../contract/bin.ts';

/** A row of the bin: a study with its runs, or a run that was deleted by itself. */
export interface BinItem {
  readonly kind: 'study' | 'run';
  readonly id: number;
  readonly name: string;
  readonly deletedAt: number;
  /** What a purge takes with it. */
  readonly runs: number;
  readonly checkpoints: number;
  readonly checkpointBytes: number;
}

/** Newest deletion first. A deleted study's runs are counted with it, not listed again. */
export function binItems({ studies, runs }: Bin): BinItem[] {
  const inStudy = new Set(studies.map(({ id }) => id));
  const total = (own: Bin['runs']) => ({
    runs: own.length,
    checkpoints: own.reduce((sum, { checkpoints }) => sum + checkpoints, 0),
    checkpointBytes: own.reduce((sum, { checkpointBytes }) => sum + checkpointBytes, 0),
  });
  const ofStudies = studies.map(({ id, name, deletedAt }): BinItem => {
    const own = runs.filter(({ run }) => run.studyId === id);
    return { kind: 'study', id, name, deletedAt: deletedAt ?? 0, ...total(own) };
  });
  const alone = runs.filter(({ run }) => run.studyId === null || !inStudy.has(run.studyId));
  const ofRuns = alone.map((one): BinItem => {
    const { id, name, deletedAt } = one.run;
    return { kind: 'run', id, name, deletedAt: deletedAt ?? 0, ...total([one]) };
  });
  return [...ofStudies, ...ofRuns].toSorted((one, other) => other.deletedAt - one.deletedAt);
}
