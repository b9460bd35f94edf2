import type { Locator } from 'playwright';

export interface Inks {
  /** Pixels in the hue of V1, vermillion. */
  readonly v1: number;
  /** Pixels in the hue of V2, blue. */
  readonly v2: number;
  /** Different colours. */
  readonly colours: number;
}

/** What is painted where an element is, as a user sees it: a chart that is not painted has one colour. */
export async function inksOf(element: Locator): Promise<Inks> {
  const png = (await element.screenshot()).toString('base64');
  return element.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const surface = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
    surface.drawImage(picture, 0, 0);
    const { data } = surface.getImageData(0, 0, picture.width, picture.height);
    const colours = new Set<number>();
    let [v1, v2] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      colours.add((red << 16) | (green << 8) | blue);
      if (red > green + 50 && green > blue + 10) v1++;
      if (blue > red + 70 && green > red + 20) v2++;
    }
    return { v1, v2, colours: colours.size };
  }, png);
}
