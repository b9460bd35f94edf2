import fc from 'fast-check';
import type { ParameterTensor, StatisticTensor, TrainingState } from '../../engine/program.ts';

interface Layout {
  readonly parameters: readonly ParameterTensor[];
  readonly statistics: readonly StatisticTensor[];
  readonly parameterCount: number;
  readonly statisticCount: number;
}

/** Layouts of a few tensors, not in the order of their offsets, with a state of any float values. */
export const layoutsWithState: fc.Arbitrary<{ layout: Layout; state: TrainingState }> = fc
  .record({ sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }), channels: fc.nat(5) })
  .chain(({ sizes, channels }) => {
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
    const layout = {
      parameters: parameters.reverse(),
      statistics: [statistic],
      parameterCount,
      statisticCount: channels,
    };
    const floats = (length: number) => fc.float32Array({ minLength: length, maxLength: length });
    return fc.record({
      layout: fc.constant(layout),
      state: fc.record({
        parameters: floats(parameterCount),
        momentum: floats(parameterCount),
        statistics: floats(channels),
      }),
    });
  });
