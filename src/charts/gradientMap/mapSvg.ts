import { element, escapeXml } from '../svgMarkup.ts';
import { cellImage, type CellImage } from './cellImage.ts';
import { paintMarks } from './paintMarks.ts';
import { paintScales } from './paintScales.ts';
import { mapPlot, type MapScene } from './scene.ts';
import { svgPen } from './svgPen.ts';

/** Height of the line above the map that holds its title. */
const TITLE_HEIGHT = 24;

/** Gives an image as `data:image/png;base64,...`. */
export type EncodePng = (image: Pick<CellImage, 'width' | 'height' | 'pixels'>) => string;

/**
 * A map as an SVG document: titles, scales and marks are shapes and texts, the cells one image whose pixels a reader enlarges
 * with sharp edges.
 */
export function mapSvg(scene: MapScene, title: string, encodePng: EncodePng): string {
  const { theme, width, height } = scene;
  const plot = mapPlot(scene);
  const pen = svgPen(theme);
  pen.text(title, plot.left, -TITLE_HEIGHT + 8, { colour: theme.text, align: 'left', baseline: 'top' });
  paintScales(pen, scene, plot);
  paintMarks(pen, scene, plot);
  const clip = { x: plot.left, y: plot.top, width: plot.width, height: plot.height };
  const image = cellImage(scene, plot);
  const content = [
    element('title', {}, escapeXml(title)),
    element('rect', { x: 0, y: -TITLE_HEIGHT, width, height: height + TITLE_HEIGHT, fill: theme.surface }),
    element('clipPath', { id: 'plot' }, element('rect', clip)),
    ...(image === null ? [] : [element('g', { 'clip-path': 'url(#plot)' }, imageElement(image, encodePng))]),
    element('g', { 'font-family': theme.fontFamily, 'font-size': theme.fontSize }, pen.elements.join('')),
  ];
  const document = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height: height + TITLE_HEIGHT,
    viewBox: `0 ${-TITLE_HEIGHT} ${width} ${height + TITLE_HEIGHT}`,
  };
  return `${element('svg', document, content.join('\n'))}\n`;
}

function imageElement({ box, ...image }: CellImage, encodePng: EncodePng): string {
  return element('image', {
    x: box.left,
    y: box.top,
    width: box.width,
    height: box.height,
    preserveAspectRatio: 'none',
    'image-rendering': 'pixelated',
    // Inkscape and other readers of SVG 1.1 know these values only.
    style: 'image-rendering:optimizeSpeed;image-rendering:pixelated',
    href: encodePng(image),
  });
}
