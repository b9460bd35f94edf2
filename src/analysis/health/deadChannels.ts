import { observedSteps } from '../observedSteps.ts';
import { twoDigits } from './twoDigits.ts';
import type { HealthRule, HealthSubject, Observer } from './rule.ts';

/** Share of a ReLU's channels. */
export const DEAD_SHARE = 0.5;
export const DEAD_OBSERVATIONS = 3;

export const deadChannels: HealthRule = {
  id: 'dead-channels',
  fault: 'dead',
  title: 'Dead channels',
  statement:
    `More than ${100 * DEAD_SHARE} % of the channels after a ReLU are 0 for every image and position of the batch, at ` +
    `${DEAD_OBSERVATIONS} observed steps in a row`,
  reason:
    'Such a channel passes nothing on, and no gradient back, for the images of that batch. In 20 healthy digits runs of 8 to 44 ' +
    'layers no channel was dead at an observed step. Not checked where a run observes no activations; a branch that was dropped ' +
    'counts neither way',
  advice: ['rate', 'warmup', 'clip', 'preactivation'],
  needs: ({ relus, recipe, totalSteps }) => {
    const { interval } = observedSteps(recipe.observe, totalSteps);
    if (relus.length === 0 || interval === null) return 0;
    return recipe.observe === 'auto' ? DEAD_OBSERVATIONS : DEAD_OBSERVATIONS * interval;
  },
  observe,
};

interface Found {
  readonly firstStep: number;
  readonly relus: readonly number[];
  readonly share: number;
}

function observe({ relus, layers }: HealthSubject): Observer {
  /** For each ReLU, the observed steps in a row that were beyond the threshold, and the first of them. */
  const inRow = new Int32Array(relus.length);
  const since = new Float64Array(relus.length);
  let found: Found | null = null;
  let lastStep = 0;
  let holds = false;
  let most: { readonly share: number; readonly relu: number; readonly step: number } | null = null;
  return {
    take: () => undefined,
    takeObserved({ step, deadShares }) {
      for (const [relu, share] of deadShares.entries()) {
        if (Number.isNaN(share)) continue;
        if (share > (most?.share ?? -1)) most = { share, relu, step };
        if (share <= DEAD_SHARE) {
          inRow[relu] = 0;
          continue;
        }
        if (inRow[relu] === 0) since[relu] = step;
        inRow[relu]! += 1;
      }
      const dead = [...inRow.keys()].filter((relu) => inRow[relu]! >= DEAD_OBSERVATIONS);
      holds = dead.length > 0;
      if (!holds) return;
      lastStep = step;
      found ??= {
        firstStep: Math.min(...dead.map((relu) => since[relu]!)),
        relus: dead,
        share: Math.max(...dead.map((relu) => deadShares[relu]!)),
      };
    },
    sighting() {
      if (found === null) return null;
      const { firstStep, relus: dead, share } = found;
      const names = [...new Set([dead[0]!, dead.at(-1)!])].map((relu) => relus[relu]!);
      return {
        firstStep,
        lastStep,
        holds,
        layer: tensorBefore(names.at(-1)!, layers),
        measured: share,
        sentence:
          `More than ${100 * DEAD_SHARE} % of the channels are 0 for the whole batch after ${dead.length} of ${relus.length} ReLUs, ` +
          `from step ${firstStep} on, at up to ${twoDigits(100 * share)} %: ${names.join(' to ')}`,
      };
    },
    nearest: () => {
      if (relus.length === 0) return 'This run observes no activations';
      return most === null
        ? 'No step has been observed yet'
        : `At most ${twoDigits(100 * most.share)} % of a ReLU’s channels were dead (${relus[most.relu]}, step ${most.step})`;
    },
  };
}

/** The batch norm before a ReLU: `stage1.unit2.relu1` follows `stage1.unit2.bn1`. Null where it has none. */
function tensorBefore(relu: string, layers: readonly string[]): number | null {
  const position = layers.findIndex((layer) => layer.startsWith(`${relu.replace(/\brelu/, 'bn')}.`));
  return position < 0 ? null : position;
}
