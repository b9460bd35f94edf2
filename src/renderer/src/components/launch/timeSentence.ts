import type { TrainingTime } from '../../../../analysis/trainingTime.ts';
import { formatDuration } from '../../format.ts';

/** `about 1 min, from 3 earlier runs like these`. */
export function timeSentence({ runMs, totalMs, earlierRuns }: TrainingTime): string {
  if (totalMs === null) return 'no earlier run like this yet';
  const time = formatDuration(totalMs);
  const known = runMs.filter((ms) => ms !== null).length;
  if (known < runMs.length) {
    return `at least ${time}: ${known} of ${runMs.length} networks have been trained before`;
  }
  const basis = earlierRuns === 1 ? '1 earlier run' : `${earlierRuns} earlier runs`;
  return `about ${time}, from ${basis} like ${runMs.length === 1 ? 'this' : 'these'}`;
}
