import * as v from 'valibot';
import { grownGrid, missingPlaces } from '../../../../../analysis/studyGrid.ts';
import type { ActivationOrder, ShortcutKind } from '../../../../../contract/block.ts';
import type { NetworkVersion } from '../../../../../contract/network.ts';
import type { RunRow } from '../../../../../contract/run.ts';
import { StudyGrowth, type StudyRow } from '../../../../../contract/study.ts';
import { readNumber, readNumbers } from '../../launch/readNumber.ts';

/** What is typed into the dialog. An empty number of the series is off; the command line has all settings. */
export interface GrowDraft {
  depths: string;
  seeds: string;
  versions: NetworkVersion[];
  addsSeries: boolean;
  label: string;
  version: NetworkVersion;
  shortcut: ShortcutKind;
  activation: ActivationOrder | 'papers';
  se: string;
  stochasticDepth: string;
  learningRate: string;
}

export type GrowField = 'depths' | 'seeds' | 'label' | 'se' | 'stochasticDepth' | 'learningRate' | 'activation';

/** The study as it is. */
export function newGrowDraft({ request }: StudyRow): GrowDraft {
  const { depths, seeds, versions, recipe } = request;
  return {
    depths: depths.join(', '),
    seeds: String(seeds),
    versions: [...versions],
    addsSeries: false,
    label: '',
    version: 'v2',
    shortcut: 'identity',
    activation: 'papers',
    se: '',
    stochasticDepth: recipe.stochasticDepth === null ? '' : String(recipe.stochasticDepth),
    learningRate: String(recipe.learningRate),
  };
}

export interface GrowReading {
  readonly request: StudyGrowth | null;
  readonly issues: Readonly<Partial<Record<GrowField, string>>>;
  /** Runs that would be trained; null where something is wrong. */
  readonly missing: number | null;
}

/** The request with what is to be added, or what is wrong in which field. */
export function readGrowDraft(study: StudyRow, runs: readonly RunRow[], draft: GrowDraft): GrowReading {
  const issues: Partial<Record<GrowField, string>> = {};
  const number = (name: 'seeds' | 'se' | 'stochasticDepth' | 'learningRate') => {
    const reading = readNumber(draft[name]);
    if ('value' in reading) return reading.value;
    issues[name] = reading.issue;
    return undefined;
  };
  const optional = (name: 'se' | 'stochasticDepth') => (draft[name].trim() === '' ? null : number(name));
  const depths = readNumbers(draft.depths);
  if ('issue' in depths) issues.depths = depths.issue;
  const request = {
    id: study.id,
    depths: 'values' in depths ? depths.values : [],
    seeds: number('seeds'),
    versions: draft.versions,
    ...(draft.addsSeries ? { series: seriesAsked(draft, optional('se')) } : {}),
  };
  const recipe = { stochasticDepth: optional('stochasticDepth'), learningRate: number('learningRate') };
  const asked = draft.addsSeries ? { ...request, series: { ...request.series, recipe } } : request;
  const result = v.safeParse(StudyGrowth, asked);
  for (const issue of result.issues ?? []) {
    const parts = v.getDotPath(issue)?.split('.') ?? [];
    const field = parts.find((part) => part in draft) as GrowField | undefined;
    if (field) issues[field] ??= issue.message;
  }
  const growth = result.success && Object.keys(issues).length === 0 ? result.output : null;
  return { request: growth, issues, missing: growth === null ? null : missingRuns(study, runs, growth) };
}

function seriesAsked({ label, version, shortcut, activation }: GrowDraft, se: number | null | undefined): object {
  return {
    label,
    version,
    ...(shortcut === 'identity' ? {} : { shortcut }),
    ...(activation === 'papers' ? {} : { activation }),
    ...(se == null ? {} : { se }),
  };
}

function missingRuns({ request }: StudyRow, runs: readonly RunRow[], growth: StudyGrowth): number {
  const grid = grownGrid(request, growth);
  const known = missingPlaces({ ...request, ...grid }, runs).length;
  return known + (growth.series === undefined ? 0 : grid.seeds * grid.depths.length);
}
