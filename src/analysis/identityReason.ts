import { assertNever } from '../contract/errors.ts';
import type { IdentityBlock, IdentityCause, PathStep } from '../contract/identity.ts';
import { formatMeasurement } from './format.ts';

type Measured = Pick<IdentityBlock, 'path' | 'deviation' | 'tolerance' | 'negativeShare'>;

/** Why a unit is judged as it is, in words, with what was measured. */
export function identityReason(causes: readonly IdentityCause[], measured: Measured): string {
  if (causes.length === 0) {
    return 'Nothing is on the path from x to y but the addition, and y - F(x) is x to within rounding';
  }
  return causes.map((cause) => reasonOf(cause, measured)).join('; ');
}

function reasonOf(cause: IdentityCause, measured: Measured): string {
  const by = (isMeant: (step: PathStep) => boolean) => changeText(measured.path.filter(isMeant));
  const onShortcut = (kind: string) => by((step) => step.kind === kind && step.place === 'shortcut');
  const after = (kind: string) => by((step) => step.kind === kind && step.place === 'after-addition');
  switch (cause) {
    case 'relu-after-addition':
      return `ReLU after the addition${after('relu')}`;
    case 'batch-norm-after-addition':
      return `batch norm after the addition${after('batchNorm')}`;
    case 'constant-scaling':
      return `constant scaling of the shortcut${onShortcut('scale')}`;
    case 'gating':
      return `a gate on the shortcut${onShortcut('product')}`;
    case 'dropout':
      return `dropout on the shortcut${onShortcut('dropout')}`;
    case 'convolution':
      return `a 1x1 convolution on the shortcut, though x has the shape of y${onShortcut('convolution')}`;
    case 'activation-before-split':
      return `the first activation comes before the two paths part${by(({ place }) => place === 'before-split')}`;
    case 'other-layer':
      return `a layer stands on the path (${measured.path.map(({ layer }) => layer).join(', ')})`;
    case 'unexplained':
      return `y - F(x) differs from x by ${number(measured.deviation)} of its RMS (rounding explains ${number(measured.tolerance)}), though no layer stands on the path`;
    case 'not-finite':
      return 'x or F(x) is not finite';
    case 'projection':
      return 'projection: x and y differ in shape, so that there is no identity to keep';
    case 'zero-padding':
      return 'zero-padding: x and y differ in shape, so that there is no identity to keep';
    case 'residual-never-negative':
      return 'ReLU before the addition: no element of F(x) is negative, so that the signal can only grow; the path itself is clean';
    case 'relu-without-batch-norm':
      return 'ReLU-only pre-activation: the first ReLU takes x without a batch norm in front; the path itself is clean';
    default:
      return assertNever(cause);
  }
}

/** By how much the layers change what passes them, where it keeps its shape. */
function changeText(steps: readonly PathStep[]): string {
  const changes = steps.flatMap(({ change }) => (change === null ? [] : [`${number(change)} of its RMS`]));
  return changes.length === 0 ? '' : `, which changes its input by ${changes.join(', then ')}`;
}

function number(value: number | null): string {
  return value === null ? '?' : formatMeasurement(value, 3);
}
