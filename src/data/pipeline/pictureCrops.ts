/** A rectangle of a picture, in its pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What of a picture of a size is used, and whether it is mirrored. */
export type Crop = (height: number, width: number) => Rectangle & { readonly mirrored: boolean };

const AREA = [0.08, 1] as const;
const PROPORTIONS = [3 / 4, 4 / 3] as const;
const ATTEMPTS = 10;
/** Of the shorter side, the middle that is tested: 224 of 256 pixels (He et al. 2015, section 3.4). */
export const TESTED_SHARE = 224 / 256;

/**
 * Area from 8 % to the whole, proportions from 3/4 to 4/3 evenly in their logarithm; after ten rectangles that do not fit, the
 * largest middle one of allowed proportions, as torchvision's `RandomResizedCrop`.
 */
export function drawCrop(random: () => number, mirrored: boolean): Crop {
  return (height, width) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const area = height * width * (AREA[0] + (AREA[1] - AREA[0]) * random());
      const [least, most] = PROPORTIONS.map(Math.log) as [number, number];
      const proportion = Math.exp(least + (most - least) * random());
      const own = { width: Math.round(Math.sqrt(area * proportion)), height: Math.round(Math.sqrt(area / proportion)) };
      const [down, right] = [random(), random()];
      if (own.width < 1 || own.height < 1 || own.width > width || own.height > height) continue;
      const top = Math.floor(down * (height - own.height + 1));
      const left = Math.floor(right * (width - own.width + 1));
      return { top, left, ...own, mirrored };
    }
    return { ...middle(height, width, Math.min(Math.max(width / height, PROPORTIONS[0]), PROPORTIONS[1])), mirrored };
  };
}

/** The middle square of a share of the shorter side: 7/8 is what a resize of that side to 256 and a centre crop of 224 keep. */
export function centreCrop(share = TESTED_SHARE): Crop {
  return (height, width) => {
    const side = Math.max(1, Math.round(Math.min(height, width) * share));
    const [top, left] = [Math.round((height - side) / 2), Math.round((width - side) / 2)];
    return { top, left, width: side, height: side, mirrored: false };
  };
}

/**
 * What is seen of pictures by a network trained on crops of `side` pixels and tested on `testSide`: as much more as the
 * crop is larger, up to the whole shorter side, which is what 320 pixels are cropped from after training on 224 (He et al. 2016,
 * section 5, table 5).
 */
export function testedShare(side: number, testSide: number): number {
  return Math.min(1, (TESTED_SHARE * testSide) / side);
}

function middle(height: number, width: number, proportion: number): Rectangle {
  const own =
    width / height > proportion
      ? { height, width: Math.max(1, Math.round(height * proportion)) }
      : { width, height: Math.max(1, Math.round(width / proportion)) };
  return { ...own, top: Math.floor((height - own.height) / 2), left: Math.floor((width - own.width) / 2) };
}
