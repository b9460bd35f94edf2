import { formatCount } from '../quantity.ts';
import { networkSettings } from './networkSettings.ts';
import { RECIPE_SETTINGS } from './recipeSettings.ts';
import { exact, NONE, type Setting, type SettingsOf } from './setting.ts';

type DataFacts = Pick<Setting, 'id' | 'label' | 'read'> & Partial<Pick<Setting, 'unit' | 'number'>>;

const data = (facts: DataFacts): Setting => ({
  group: 'Data',
  unit: '',
  number: NONE,
  usual: NONE,
  isQuiet: false,
  ...facts,
});

const DATA_SETTINGS: readonly Setting[] = [
  data({ id: 'data', label: 'Data set', read: (run) => run.data }),
  data({
    id: 'input',
    label: 'Images',
    unit: 'px, channels',
    read: ({ input }) => `${input.height} × ${input.width} × ${input.channels}`,
  }),
  data({
    id: 'classes',
    label: 'Classes',
    read: ({ input }) => String(input.classes),
    number: ({ input }) => input.classes,
  }),
];

/** What was done to a run beside its recipe. */
const HISTORY: readonly Setting[] = [
  {
    id: 'rateChanges',
    group: 'Learning-rate schedule',
    label: 'Changed by hand',
    unit: '',
    read: ({ rateChanges }) =>
      rateChanges
        .map(({ firstStep, learningRate }) => `${exact(learningRate)} from step ${formatCount(firstStep)}`)
        .join(', ') || 'no',
    number: NONE,
    usual: () => 'no',
    isQuiet: true,
  },
  {
    id: 'parent',
    group: 'Length',
    label: 'Forked from',
    unit: '',
    read: ({ parent }) => (parent === null ? 'none' : `run ${parent.runId}, step ${formatCount(parent.step)}`),
    number: NONE,
    usual: () => 'none',
    isQuiet: true,
  },
];

/** Everything that these runs were asked to be, in reading order; which rows there are depends on their networks. */
export function allSettings(runs: readonly Pick<SettingsOf, 'network'>[]): Setting[] {
  return [...networkSettings(runs), ...DATA_SETTINGS, ...RECIPE_SETTINGS, ...HISTORY];
}
