import type { HealthRule, HealthSubject, Observer } from './rule.ts';

export const DEAD_STEPS = 20;
/** How likely a branch that is dropped at random may look dead by chance. */
export const DEAD_BY_CHANCE = 1e-12;

export const deadLayers: HealthRule = {
  id: 'dead-layers',
  fault: 'dead',
  title: 'Dead layers',
  statement:
    `The gradients of all of a layer's parameters are exactly 0 for ${DEAD_STEPS} steps in a row, while the loss is not. Where ` +
    `branches are dropped at random: for as many steps as drops fill with a probability of at most ${DEAD_BY_CHANCE}`,
  reason:
    'A gradient of exactly 0 needs no scale to compare with: those weights learn nothing in such a step. In 20 healthy digits runs ' +
    'of 8 to 44 layers no norm was ever 0',
  advice: ['rate', 'warmup', 'clip', 'preactivation'],
  needs: deadStepsOf,
  observe,
};

/** Steps after which a layer is dead. */
export function deadStepsOf({ recipe, network }: Pick<HealthSubject, 'recipe' | 'network'>): number {
  const blocks = network.architecture?.stages.flatMap((stage) => stage.blocks) ?? [];
  const drop = Math.max(recipe.stochasticDepth ?? 0, recipe.dropPath ?? 0, ...blocks.map((block) => block.drop));
  return drop === 0 ? DEAD_STEPS : Math.max(DEAD_STEPS, Math.ceil(Math.log(DEAD_BY_CHANCE) / Math.log(drop)));
}

/** Parameter tensors that belong together: `stage1.unit1.bn1` has `.gamma` and `.beta`. Positions, in depth order. */
function layersOf(names: readonly string[]): number[][] {
  const layers = new Map<string, number[]>();
  names.forEach((name, position) => {
    const owner = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    layers.set(owner, [...(layers.get(owner) ?? []), position]);
  });
  return [...layers.values()];
}

function observe(subject: HealthSubject): Observer {
  const layers = layersOf(subject.layers);
  const holdSteps = deadStepsOf(subject);
  const nameOf = (layer: number) => subject.layers[layers[layer]![0]!]!.replace(/\.[^.]*$/, '');
  /** Steps in a row without a gradient. */
  const silent = new Int32Array(layers.length);
  let found: { readonly firstStep: number; readonly dead: readonly number[] } | null = null;
  let lastStep = 0;
  let now = 0;
  let longest = 0;
  return {
    take({ step, loss, norms }) {
      if (loss === 0) return;
      now = 0;
      for (const [layer, positions] of layers.entries()) {
        silent[layer] = positions.every((position) => norms[position] === 0) ? silent[layer]! + 1 : 0;
        if (silent[layer] >= holdSteps) now += 1;
        if (silent[layer] > longest) longest = silent[layer]!;
      }
      if (now === 0) return;
      lastStep = step;
      if (found !== null) return;
      const dead = [...silent.keys()].filter((layer) => silent[layer]! >= holdSteps);
      found = { firstStep: step - holdSteps + 1, dead };
    },
    sighting() {
      if (found === null) return null;
      const { firstStep, dead } = found;
      const [first, last] = [dead[0]!, dead.at(-1)!];
      const range = first === last ? nameOf(first) : `${nameOf(first)} to ${nameOf(last)}`;
      return {
        firstStep,
        lastStep,
        holds: now > 0,
        // Backward, it is the first one without a gradient.
        layer: layers[last]![0]!,
        measured: dead.length,
        sentence:
          `The gradients of ${dead.length} of ${layers.length} layers are exactly 0 from step ${firstStep} on, for at least ` +
          `${holdSteps} steps: ${range}${now === dead.length || now === 0 ? '' : `; now of ${now}`}`,
      };
    },
    nearest: () =>
      longest === 0
        ? 'No layer ever had a gradient of exactly 0'
        : `A layer had gradients of exactly 0 for at most ${longest} ${longest === 1 ? 'step' : 'steps'} in a row`,
  };
}
