import type { PathStep } from '../contract/identity.ts';
import type { MeasuredUnit } from './identityPath.ts';

/** A unit whose path is clean. */
export const cleanUnit: MeasuredUnit = {
  name: 'stage1.unit1',
  path: [],
  isSameShape: true,
  endsInRelu: false,
  startsWithBareRelu: false,
  meanAbsoluteX: 1,
  meanSquareX: 4,
  meanAbsoluteF: 0.5,
  meanSquareF: 1,
  negativeShare: 0.5,
  meanProduct: -1,
  meanSquareDeviation: 0,
  skipProbes: [0, 0],
  unitProbes: [0.25, 0.25],
};
/** A layer on the path. */
export const pathStep = (
  kind: string,
  place: PathStep['place'] = 'shortcut',
  change: number | null = 0.3,
): PathStep => ({
  layer: `stage1.unit1.${kind}`,
  kind,
  place,
  change,
});
