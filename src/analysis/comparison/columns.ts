import type { RunRow } from '../../contract/run.ts';
import { runsAlike, type GroupValue } from '../runGroups.ts';
import type { Fact } from './facts.ts';

/** A run of a comparison, or a group of runs. */
export interface ComparisonColumn {
  /** Stays the same while rows change and groups grow. */
  readonly key: string;
  readonly title: string;
  /** At least one. */
  readonly runs: readonly RunRow[];
  /** Whether it stands for a group, of which failed runs are counted and not averaged. */
  readonly isGroup: boolean;
}

/** Groups runs that differ in their seed alone. */
export const ALL_BUT_SEED = 'allButSeed';

/** What says the same as another fact, or is no choice: left out where all choices together make a group. */
const NO_CHOICES = ['seed', 'version', 'depth', 'parameters'];

/** What runs can be grouped by: every fact of them, and all settings but the seed. */
export function groupNames(facts: readonly Fact[]): string[] {
  return [ALL_BUT_SEED, ...facts.map(({ id }) => id)];
}

/** Runs as columns in their order, or groups of runs with the same values, smaller values first. */
export function comparisonColumns(
  runs: readonly RunRow[],
  facts: readonly Fact[],
  groupBy: readonly string[],
): ComparisonColumn[] {
  const chosen = groupBy.flatMap((name) => facts.filter((fact) => isMeant(name, fact)));
  if (chosen.length === 0) return runs.map(runColumn);
  const told = chosen.filter((fact) => groupBy.includes(fact.id) || hasDifference(fact, runs));
  const named = told.length > 0 ? told : chosen.slice(0, 1);
  return runsAlike(runs, (run) => chosen.map((fact) => valueOf(fact, run))).map(({ key, runs: members }) => ({
    key: `group ${key}`,
    title: named.map((fact) => titleOf(fact, members[0]!)).join(', '),
    runs: members,
    isGroup: true,
  }));
}

export function runColumn(run: RunRow): ComparisonColumn {
  return { key: `run ${run.id}`, title: run.name, runs: [run], isGroup: false };
}

/** Whether two of the runs have different values. */
export function hasDifference({ text }: Fact, runs: readonly RunRow[]): boolean {
  return runs.some((run) => text(run) !== text(runs[0]!));
}

function isMeant(name: string, { id, section }: Fact): boolean {
  if (name !== ALL_BUT_SEED) return id === name;
  return (section === 'architecture' || section === 'recipe' || section === 'data') && !NO_CHOICES.includes(id);
}

/** Values that say by themselves what they are of. */
const SELF_TOLD = ['network', 'data', 'study', 'tags', 'state', 'schedule', 'optimiser'];

function titleOf({ id, label, text }: Fact, run: RunRow): string {
  const value = text(run);
  if (value === null) return `${label}: –`;
  if (id === 'version') return run.network.version.toUpperCase();
  return SELF_TOLD.includes(id) ? value : `${label} ${value}`;
}

function valueOf({ text, number }: Fact, run: RunRow): GroupValue {
  const word = text(run);
  return word === null ? null : (number(run) ?? word);
}
