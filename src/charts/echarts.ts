import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
} from 'echarts/components';
import { format, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/**
 * The parts of ECharts that the charts use; the window draws with its canvas renderer besides. Crosshair, tooltip and zoom are not among them: `EChart.vue` draws them as
 * elements above the canvas, which costs no redraw of the curves when the pointer moves and needs no markup in strings.
 */
use([
  CustomChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TitleComponent,
]);

/** Widths in parts of the font's size: of a letter of DejaVu Sans, the widest of the usual fonts, and of a square sign such as 国. */
const LETTER = 0.6;
const SQUARE = 1;

// Without a page nothing knows the reader's font: what is too wide leaves a gap, what is too narrow runs into its neighbour.
if (!('document' in globalThis)) {
  setPlatformAPI({
    measureText: (text, font = '') => {
      const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);
      return {
        width: Array.from(text, (sign) => size * (sign < '\u2e80' ? LETTER : SQUARE)).reduce((a, b) => a + b, 0),
      };
    },
  });
}

/** Width in pixels of a line of text in a CSS font. */
export function textWidth(text: string, font: string): number {
  return format.getTextRect(text, font).width;
}

export { init, type ECharts } from 'echarts/core';
