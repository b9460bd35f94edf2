import { UserError } from '../contract/errors.ts';
import { BlockKind } from '../contract/block.ts';
import { MAX_DEPTH, MIN_DEPTH, parseNetworkName, type NetworkRequest } from '../contract/network.ts';

/** Reads `--arch` and `--block`. Throws what is wrong with the name and a name that would do. */
export function networkFrom(arch: string, block: string | undefined): NetworkRequest {
  const named = parseNetworkName(arch.trim().toLowerCase());
  if (!named) {
    throw new UserError({
      code: 'bad-input',
      message: `There is no network ${arch}`,
      where: '--arch',
      hint: `${suggestion(arch)}A network is named resnet_v1_DEPTH or resnet_v2_DEPTH, with a depth from ${MIN_DEPTH} to ${MAX_DEPTH}`,
    });
  }
  const kind = BlockKind.options.find((option) => option === block);
  return kind ? { ...named, block: kind } : named;
}

/** Most mistakes keep version and depth readable: `resnetv2-20`, `ResNet-v2 20`, `resnet_2_20`. */
function suggestion(arch: string): string {
  const match = /(?:v|_|-|\s)?([12])[^\d]+(\d{1,4})$/.exec(arch.trim().toLowerCase());
  return match ? `Did you mean resnet_v${match[1]}_${match[2]}? ` : '';
}
