import { assertNever } from '../contract/errors.ts';
import type { Layout } from './layout.ts';
import { isAveraging } from './weightAverage.ts';
import type { OptimiserOptions, ProgramOptions, StateVector } from './program.ts';

/** The vectors that training with these options changes, in the order in which a checkpoint holds them. */
export function stateVectors(
  options: ProgramOptions,
  layouts: { readonly parameters: Layout<string>; readonly statistics: Layout<string> },
): StateVector[] {
  const parameters = { of: 'parameters', size: layouts.parameters.size } as const;
  const statistics = { of: 'statistics', size: layouts.statistics.size } as const;
  return [
    { name: 'parameters', ...parameters },
    ...slots(options.optimiser, parameters),
    { name: 'statistics', ...statistics },
    ...(isAveraging(options)
      ? [{ name: 'averageParameters', ...parameters } as const, { name: 'averageStatistics', ...statistics } as const]
      : []),
  ];
}

function slots({ kind }: OptimiserOptions, parameters: Pick<StateVector, 'of' | 'size'>): StateVector[] {
  switch (kind) {
    case 'sgd':
      return [{ name: 'momentum', ...parameters }];
    case 'adamw':
      return [
        { name: 'firstMoment', ...parameters },
        { name: 'secondMoment', ...parameters },
        { name: 'updates', of: 'count', size: 1 },
      ];
    default:
      return assertNever(kind);
  }
}
