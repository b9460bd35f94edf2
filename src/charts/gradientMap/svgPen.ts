import { textWidth } from '../echarts.ts';
import { element, escapeXml } from '../svgMarkup.ts';
import type { ChartTheme } from '../theme.ts';
import type { Pen } from './pen.ts';

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;
/** From the middle, or the top, of letters down to their line, in parts of the font's size: not every reader of SVG knows `dominant-baseline`. */
const DOWN_TO_LINE = { middle: 0.36, top: 0.8 } as const;

/** Collects what is drawn as elements of an SVG document, texts as texts. */
export function svgPen({ fontSize, fontFamily }: ChartTheme): Pen & { readonly elements: readonly string[] } {
  const elements: string[] = [];
  const draw = (...of: Parameters<typeof element>) => void elements.push(element(...of));
  const boxOf = ({ left, top, width, height }: Parameters<Pen['fill']>[0]) => ({ x: left, y: top, width, height });
  return {
    elements,
    fill: (box, fill, { opacity = 1, radius = 0 } = {}) =>
      draw('rect', {
        ...boxOf(box),
        fill,
        ...(opacity === 1 ? {} : { 'fill-opacity': opacity }),
        ...(radius === 0 ? {} : { rx: radius }),
      }),
    outline: (box, stroke) => draw('rect', { ...boxOf(box), fill: 'none', stroke }),
    ramp: (box, colours) => {
      const id = `ramp${elements.length}`;
      const stops = colours.map((colour, index) =>
        element('stop', { offset: index / (colours.length - 1), 'stop-color': colour }),
      );
      draw('linearGradient', { id, x1: 0, y1: 0, x2: 0, y2: 1 }, stops.join(''));
      draw('rect', { ...boxOf(box), fill: `url(#${id})` });
    },
    ring: (cx, cy, { radius, width, colour }) =>
      draw('circle', { cx, cy, r: radius, fill: 'none', stroke: colour, 'stroke-width': width }),
    text: (text, x, y, { colour, align, baseline, isUpward = false }) => {
      const down = DOWN_TO_LINE[baseline] * fontSize;
      const place = isUpward ? { x: 0, y: down, transform: `translate(${x} ${y}) rotate(-90)` } : { x, y: y + down };
      draw('text', { ...place, fill: colour, 'text-anchor': ANCHORS[align] }, escapeXml(text));
    },
    widthOf: (text) => textWidth(text, `${fontSize}px ${fontFamily}`),
  };
}
