import type { EChartsOption } from 'echarts';
import { init } from './echarts.ts';
import { escapeXml } from './svgMarkup.ts';

/**
 * A chart as an SVG document, whose `title` says what it shows. ECharts' server renderer makes it as text: no element,
 * hence no markup in the page.
 */
export function svgText(
  option: EChartsOption,
  size: { readonly width: number; readonly height: number },
  title: string,
  /** Colour behind the chart: a reader's page may have any. */
  backgroundColor: string,
): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, ...size });
  instance.setOption({ ...option, backgroundColor });
  const text = instance.renderToSVGString();
  instance.dispose();
  return text.replace(/^<svg[^>]*>/, (start) => `${start}<title>${escapeXml(title)}</title>`);
}
