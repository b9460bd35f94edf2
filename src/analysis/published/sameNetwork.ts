import type { ReferencePoint, ReferenceSeries } from '../../contract/reference.ts';
import type { RunRow } from '../../contract/run.ts';

/** Bottleneck blocks begin here in the CIFAR papers, where the depth allows them. */
const FIRST_BOTTLENECK_DEPTH = 164;

/**
 * Whether a run is of a published point's network: version, depth, family, kind of block, shortcut, order of activation,
 * squeeze and excitation. Shortcut options A and B count as one, as the papers themselves compare them.
 */
export function isSameNetwork(
  { network }: Pick<RunRow, 'network'>,
  published: ReferenceSeries['network'],
  { version, depth }: Pick<ReferencePoint, 'version' | 'depth'>,
): boolean {
  if (network.architecture !== undefined) return false;
  const family = network.family ?? 'cifar';
  return (
    network.version === version &&
    network.depth === depth &&
    (published.family === undefined || published.family === family) &&
    (family === 'imagenet' || network.block === cifarBlock(depth)) &&
    network.se === published.se &&
    shortcutOf(network.shortcut) === shortcutOf(published.shortcut) &&
    (network.activation ?? usualOrder(version)) === (published.activation ?? usualOrder(version))
  );
}

function cifarBlock(depth: number): 'basic' | 'bottleneck' {
  return depth >= FIRST_BOTTLENECK_DEPTH && (depth - 2) % 9 === 0 ? 'bottleneck' : 'basic';
}

function usualOrder(version: RunRow['network']['version']): RunRow['network']['activation'] {
  return version === 'v1' ? 'original' : 'full-preactivation';
}

function shortcutOf(shortcut: RunRow['network']['shortcut']): RunRow['network']['shortcut'] {
  return shortcut === undefined || shortcut === 'zero-padding' ? 'identity' : shortcut;
}
