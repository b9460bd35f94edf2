import type { EChartsOption } from 'echarts';
import { init } from './echarts.ts';

const XML_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A chart as an SVG document, whose `title` says what it shows. ECharts' server renderer makes it as text: no element,
 * hence no markup in the page.
 */
export function svgText(
  option: EChartsOption,
  size: { readonly width: number; readonly height: number },
  title: string,
): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, ...size });
  instance.setOption(option);
  const text = instance.renderToSVGString();
  instance.dispose();
  const printed = title.replace(/\p{Cc}/gu, ' ').replace(/[&<>]/g, (sign) => XML_ESCAPES[sign]!);
  return text.replace(/^<svg[^>]*>/, (start) => `${start}<title>${printed}</title>`);
}
