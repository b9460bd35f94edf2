import { describe, expect, it } from 'vitest';
import type { NormMap } from '../../contract/frames.ts';
import { PAPER_THEME } from '../theme.ts';
import { malformation } from '../wellFormed.fixture.ts';
import { cellImage } from './cellImage.ts';
import { scaleColour } from './colours.ts';
import { mapSvg, type EncodePng } from './mapSvg.ts';
import { mapTable } from './mapTable.ts';
import { MAP_MARGINS, mapHome, mapPlot, type MapScene } from './scene.ts';

const map: NormMap = {
  runId: 1,
  layers: ['stem.conv.weight', 'stage1.unit1.conv1.weight'],
  steps: Float64Array.of(1, 11, 21),
  values: Float32Array.of(1e-3, 10, 10, NaN, 1e-3, 10),
  lastStep: 30,
};
const { left, right, top, bottom } = MAP_MARGINS;
const sceneOf = (change: Partial<MapScene> = {}): MapScene => ({
  map,
  view: mapHome(change.map ?? map),
  quantity: 'gradientNorm',
  scale: { range: [1e-3, 10], isLog: true },
  theme: PAPER_THEME,
  marks: [],
  width: left + 300 + right,
  height: top + 100 + bottom,
  ...change,
});
const imageOf = (scene: MapScene) => cellImage(scene, mapPlot(scene));
/** The colours of an image's pixels, row by row. */
const coloursOf = (scene: MapScene) => {
  const { pixels, width, height } = imageOf(scene)!;
  const hex = (index: number) =>
    `#${[...pixels.subarray(4 * index, 4 * index + 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return Array.from({ length: width * height }, (_, index) => hex(index));
};
const [low, high] = [scaleColour(0), scaleColour(1)];

describe('the cells', () => {
  it('are a pixel each, where columns have the same number of steps', () => {
    expect(imageOf(sceneOf())).toMatchObject({ width: 3, height: 2, box: { left, top, width: 300, height: 100 } });
    expect(coloursOf(sceneOf())).toEqual([low, high, low, high, '#ff2e63', high]);
  });

  it('are cut to whole cells around the part that is shown', () => {
    const home = mapHome(map);
    const view = { x: { ...home.x, min: 13.5, max: 18.5 }, y: { ...home.y, min: 1, max: 0 } };
    expect(imageOf(sceneOf({ view }))).toMatchObject({ width: 1, height: 1, box: { left: left - 150, width: 600 } });
    expect(imageOf(sceneOf({ view: { ...view, x: { ...home.x, min: -9, max: -1 } } }))).toBeNull();
  });

  it('are as wide as their steps where columns differ in those', () => {
    const uneven = { ...map, steps: Float64Array.of(1, 2, 4), lastStep: 4 };
    expect(coloursOf(sceneOf({ map: uneven })).slice(0, 4)).toEqual([low, high, high, low]);
    const long = { ...map, steps: Float64Array.of(1, 2, 64_000), lastStep: 64_000 };
    expect(imageOf(sceneOf({ map: long }))!.width).toBe(4096);
  });
});

describe('the document', () => {
  const encoded: Parameters<EncodePng>[0][] = [];
  const encode: EncodePng = (image) => {
    encoded.push(image);
    return 'data:image/png;base64,AAAA';
  };

  it('is well-formed, with one image and every text as text', () => {
    const marks = [{ layer: 1, step: 11, text: 'Vanishing <gradient>' }];
    const svg = mapSvg(sceneOf({ marks }), 'Norms of "a & b"', encode);
    expect(malformation(svg)).toBeNull();
    expect(svg.match(/<image /g)).toHaveLength(1);
    expect(svg).toContain('image-rendering="pixelated"');
    expect(svg).toContain('href="data:image/png;base64,AAAA"');
    const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    const wanted = [
      'Norms of "a &amp; b"'.replaceAll('"', '&quot;'),
      'Step',
      'Stage 1',
      'Gradient norm',
      '0.001',
      '10',
    ];
    expect(texts).toEqual(expect.arrayContaining([...wanted, 'NaN or ∞', 'Vanishing &lt;gradient&gt;']));
    expect(svg.match(/<circle [^>]*>/g)).toEqual([
      expect.stringContaining(`cx="${left + 150}" cy="${top + 75}"`),
      expect.stringContaining('stroke="#ffffff"'),
    ]);
    expect(encoded).toMatchObject([{ width: 3, height: 2 }]);
  });

  it('has no image where nothing is shown', () => {
    const home = mapHome(map);
    expect(mapSvg(sceneOf({ view: { ...home, x: { ...home.x, min: -9, max: -1 } } }), '', encode)).not.toContain(
      '<image',
    );
  });
});

it('has its numbers as a matrix, a row a layer', () => {
  const { heads, rows } = mapTable(map, 'gradientNorm', 'All');
  expect(heads.slice(0, 4)).toEqual(['Layer', 'Layer name', 'Gradient norm, step 1', 'Gradient norm, step 11']);
  expect(rows[1]).toEqual([2, 'stage1.unit1.conv1.weight', 10, NaN, 10]);
});
