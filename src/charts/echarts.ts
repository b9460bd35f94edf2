import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
} from 'echarts/components';
import { use } from 'echarts/core';
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

export { init, type ECharts } from 'echarts/core';
