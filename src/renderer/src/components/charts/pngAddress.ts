import type { EncodePng } from '../../../../charts/gradientMap/mapSvg.ts';

/** An image as a `data:` address. */
export const pngAddress: EncodePng = ({ width, height, pixels }) => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.toDataURL('image/png');
};
