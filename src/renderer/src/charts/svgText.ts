import type { EChartsOption } from 'echarts';
import { init } from './echarts.ts';

/** A chart as an SVG document. ECharts' server renderer makes it as text: no element, hence no markup in the page. */
export function svgText(option: EChartsOption, size: { readonly width: number; readonly height: number }): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, ...size });
  instance.setOption(option);
  const text = instance.renderToSVGString();
  instance.dispose();
  return text;
}
