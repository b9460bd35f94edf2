import type { TrainingRecipe } from '../contract/recipe.ts';
import type { BranchDrop } from '../engine/layers/layer.ts';
import type { StepDrops, TrainingProgram } from '../engine/program.ts';
import { uniformNumbers } from './random.ts';
import type { Unit } from './units.ts';

/** Probabilities at the last unit; null: none, and stochastic depth as the architecture's blocks have it. */
export type FinalDrop = Pick<TrainingRecipe, 'stochasticDepth' | 'dropPath'>;

export const NO_DROP: FinalDrop = { stochasticDepth: null, dropPath: null };

/**
 * The units with the probabilities that a run drops their branches with, which rise linearly to the given ones at the last
 * of L units. Stochastic depth: l / L of it at unit l = 1 ... L (Huang et al. 2016, equation 4). DropPath: (l - 1) / (L - 1)
 * of it, so that the first unit never drops (timm).
 */
export function withDrop(units: readonly Unit[], { stochasticDepth, dropPath }: FinalDrop): Unit[] {
  const last = units.length - 1;
  return units.map((unit, index) => {
    const drop: BranchDrop = {
      stochasticDepth:
        stochasticDepth === null ? unit.drop.stochasticDepth : stochasticDepth * ((index + 1) / units.length),
      dropPath: dropPath === null || last === 0 ? 0 : dropPath * (index / last),
    };
    return { ...unit, drop };
  });
}

/**
 * Draws what a step drops, from the seed, the step and the branch: the same on every device, and after a pause. Null where
 * the network drops nothing.
 */
export function drawDrops(
  { drops: { stochasticDepth, dropPath, shortcutElements } }: Pick<TrainingProgram, 'drops'>,
  { seed, step, images }: { readonly seed: number; readonly step: number; readonly images: number },
): StepDrops | null {
  if (stochasticDepth.length === 0 && dropPath.length === 0 && !shortcutElements) return null;
  const keptBranches = Float32Array.from(stochasticDepth, ({ name, probability }) =>
    uniformNumbers(seed, `stochastic depth of ${name} in step ${step}`)() < probability ? 0 : 1,
  );
  const branchFactors = new Float32Array(dropPath.length * images);
  dropPath.forEach(({ name, probability }, branch) => {
    const uniform = uniformNumbers(seed, `drop path of ${name} in step ${step}`);
    for (let image = 0; image < images; image += 1) {
      branchFactors[branch * images + image] = uniform() < probability ? 0 : 1 / (1 - probability);
    }
  });
  const maskSeed = Math.floor(uniformNumbers(seed, `masks of step ${step}`)() * 2 ** 31);
  return { keptBranches, branchFactors, maskSeed };
}
