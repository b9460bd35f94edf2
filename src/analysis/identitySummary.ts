import type { IdentityBlock, IdentityCause, IdentityReport } from '../contract/identity.ts';

/** What a cause is called. */
export const CAUSE_NAMES: Readonly<Record<IdentityCause, string>> = {
  'relu-after-addition': 'ReLU after the addition',
  'batch-norm-after-addition': 'batch norm after the addition',
  'constant-scaling': 'constant scaling of the shortcut',
  gating: 'a gate on the shortcut',
  dropout: 'dropout on the shortcut',
  convolution: 'a 1x1 convolution on the shortcut',
  'activation-before-split': 'activation before the two paths part',
  'other-layer': 'another layer on the path',
  unexplained: 'y - F(x) is not x, though no layer stands on the path',
  'not-finite': 'numbers that are not finite',
  projection: 'projection',
  'zero-padding': 'zero-padding',
  'residual-never-negative': 'ReLU before the addition (the path is clean, F(x) is never negative)',
  'relu-without-batch-norm': 'ReLU-only pre-activation (the path is clean, no batch norm before the first ReLU)',
};

/** How the blocks of a network fare, in a sentence without its full stop. */
export function identitySentence({ blocks, passed, failed, shapeChanges }: IdentityReport): string {
  const same = passed + failed;
  const beside = shapeChanges === 0 ? '' : `; ${count(shapeChanges, 'block changes', 'blocks change')} the shape`;
  if (same === 0) return `No block keeps the shape of its input, so that there is no identity to verify`;
  const all = same === 1 ? 'the only block' : `all ${same} blocks`;
  const kept = 'without a change of shape';
  if (failed === 0) return `The identity path is clean in ${all} ${kept}${beside}`;
  const causes = countCauses(blocks).map(({ cause, blocks: number }) => `${CAUSE_NAMES[cause]} in ${number}`);
  const failing = failed === same ? all : `${failed} of the ${same} blocks`;
  return `The identity check fails in ${failing} ${kept}: ${causes.join(', ')}${beside}`;
}

/** In how many failing blocks each cause is found, the most frequent first. */
export function countCauses(blocks: readonly IdentityBlock[]): { cause: IdentityCause; blocks: number }[] {
  const causes = blocks.filter(({ verdict }) => verdict === 'fail').flatMap((block) => block.causes);
  return [...Map.groupBy(causes, (cause) => cause)]
    .map(([cause, found]) => ({ cause, blocks: found.length }))
    .sort((one, other) => other.blocks - one.blocks);
}

function count(value: number, one: string, many: string): string {
  return `${value} ${value === 1 ? one : many}`;
}
