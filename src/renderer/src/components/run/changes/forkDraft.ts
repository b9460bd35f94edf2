import * as v from 'valibot';
import { ForkRequest } from '../../../../../contract/change.ts';
import type { TrainingRecipe } from '../../../../../contract/recipe.ts';
import type { RunRow } from '../../../../../contract/run.ts';
import { readNumber } from '../../launch/readNumber.ts';

/** The settings that the dialog offers, in its order; the command line has all of them. An empty optional one is off. */
export const FORK_FIELDS = [
  { name: 'learningRate', label: 'Learning rate', optional: false },
  { name: 'epochs', label: 'Epochs', optional: false },
  { name: 'weightDecay', label: 'Weight decay', optional: false },
  { name: 'clipNorm', label: 'Clipping norm', optional: true },
  { name: 'labelSmoothing', label: 'Label smoothing', optional: false },
  { name: 'seed', label: 'Seed', optional: false },
] as const satisfies readonly { name: keyof TrainingRecipe; label: string; optional: boolean }[];

export type ForkField = (typeof FORK_FIELDS)[number]['name'];

/** What is typed into the dialog. */
export interface ForkDraft {
  name: string;
  step: number;
  schedule: TrainingRecipe['schedule'];
  numbers: Record<ForkField, string>;
}

/** The parent's own settings, from one of its checkpoints. */
export function newForkDraft(run: RunRow, step: number): ForkDraft {
  const rate = run.rateChanges.findLast(({ firstStep }) => firstStep <= step)?.learningRate;
  const numbers = Object.fromEntries(
    FORK_FIELDS.map(({ name }) => [name, run.recipe[name] === null ? '' : String(run.recipe[name])]),
  ) as ForkDraft['numbers'];
  if (rate !== undefined) numbers.learningRate = String(rate);
  return { name: `${run.name} fork`, step, schedule: run.recipe.schedule, numbers };
}

/** The request with the settings that differ from the parent's, or what is wrong in which field. */
export function readForkDraft(
  run: RunRow,
  draft: ForkDraft,
): { readonly request: ForkRequest | null; readonly issues: Readonly<Partial<Record<ForkField, string>>> } {
  const issues: Partial<Record<ForkField, string>> = {};
  const recipe: Record<string, unknown> = {};
  for (const { name, optional } of FORK_FIELDS) {
    const text = draft.numbers[name];
    const isOff = optional && text.trim() === '';
    const reading = isOff ? { value: null } : readNumber(text);
    if ('issue' in reading) issues[name] = reading.issue;
    else if (reading.value !== run.recipe[name] || name === 'learningRate') recipe[name] = reading.value;
  }
  if (draft.schedule !== run.recipe.schedule) recipe['schedule'] = draft.schedule;
  const result = v.safeParse(ForkRequest, { id: run.id, step: draft.step, name: draft.name, recipe });
  for (const issue of result.issues ?? []) {
    const field = v.getDotPath(issue)?.replace(/^recipe\./, '') as ForkField | undefined;
    if (field && !issues[field]) issues[field] = issue.message;
  }
  return { request: result.success && Object.keys(issues).length === 0 ? result.output : null, issues };
}
