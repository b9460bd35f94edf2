import type { ImageSize } from '../../contract/task.ts';
import type { PixelScale } from '../../engine/servingModel.ts';

/** What a file of weights says of itself beside its tensors. */
export interface WeightsMetadata {
  readonly network: string;
  readonly images: ImageSize;
  /** Null where the weights are not a run's. */
  readonly scale: PixelScale | null;
}

/** As a safetensors file keeps it: texts by name. `format` is what PyTorch's own tools write and look for. */
export function encodeMetadata({ network, images, scale }: WeightsMetadata): Record<string, string> {
  const { height, width, channels } = images;
  return {
    format: 'pt',
    network,
    images: `${height}x${width}x${channels}`,
    ...(scale === null ? {} : { imageMean: JSON.stringify(scale.imageMean), imageStd: JSON.stringify(scale.imageStd) }),
  };
}

/** The images' size; null where the file does not say it as `encodeMetadata` does. */
export function readImageSize(metadata: ReadonlyMap<string, string>): ImageSize | null {
  const match = /^(\d{1,5})x(\d{1,5})x(\d{1,3})$/.exec(metadata.get('images') ?? '');
  if (match === null) return null;
  const [height = 0, width = 0, channels = 0] = match.slice(1).map(Number);
  return { height, width, channels };
}

/** How pixels are scaled; null where the file does not say it. */
export function readScale(metadata: ReadonlyMap<string, string>): PixelScale | null {
  const imageMean = readNumbers(metadata.get('imageMean'));
  const imageStd = readNumbers(metadata.get('imageStd'));
  if (imageMean === null || imageStd === null) return null;
  const isWhole = imageMean.length === imageStd.length && imageStd.every((std) => std > 0);
  return isWhole ? { imageMean, imageStd } : null;
}

function readNumbers(text = ''): number[] | null {
  if (!/^\[[-+.\deE,]{1,4000}\]$/.test(text)) return null;
  const numbers = text.slice(1, -1).split(',').map(Number);
  return numbers.every(Number.isFinite) ? numbers : null;
}
