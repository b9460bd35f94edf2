import fc from 'fast-check';
import type { ParameterTensor, StateVector, StatisticTensor, TrainingState } from '../../engine/program.ts';

interface Layout {
  readonly parameters: readonly ParameterTensor[];
  readonly statistics: readonly StatisticTensor[];
  readonly state: readonly StateVector[];
}

/** Layouts of a few tensors, not in the order of their offsets, of either optimiser, with a state of any float values. */
export const layoutsWithState: fc.Arbitrary<{ layout: Layout; state: TrainingState }> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
    channels: fc.nat(5),
    slots: fc.constantFrom(['momentum'] as const, ['firstMoment', 'secondMoment', 'updates'] as const),
  })
  .chain(({ sizes, channels, slots }) => {
    const parameterCount = sizes.reduce((sum, size) => sum + size, 0);
    let offset = 0;
    const parameters = sizes.map((size, index): ParameterTensor => {
      const tensor = {
        name: `unit${index}.weight`,
        shape: [size],
        role: 'kernel',
        stage: 'stem',
        offset,
        size,
      } as const;
      offset += size;
      return tensor;
    });
    const statistic = {
      name: 'bn.mean',
      shape: [channels],
      role: 'mean',
      stage: 'stem',
      offset: 0,
      size: channels,
    } as const;
    const ofParameters = { of: 'parameters', size: parameterCount } as const;
    const layout: Layout = {
      parameters: parameters.reverse(),
      statistics: [statistic],
      state: [
        { name: 'parameters', ...ofParameters },
        ...slots.map((name): StateVector =>
          name === 'updates' ? { name, of: 'count', size: 1 } : { name, ...ofParameters },
        ),
        { name: 'statistics', of: 'statistics', size: channels },
      ],
    };
    const floats = (length: number) => fc.float32Array({ minLength: length, maxLength: length });
    return fc.record({
      layout: fc.constant(layout),
      state: fc
        .tuple(...layout.state.map(({ size }) => floats(size)))
        .map(
          (vectors) => Object.fromEntries(layout.state.map(({ name }, at) => [name, vectors[at]!])) as TrainingState,
        ),
    });
  });
