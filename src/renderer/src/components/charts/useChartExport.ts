import { computed, type ShallowRef } from 'vue';
import { pgfplots } from '../../../../charts/pgfplots.ts';
import { csv } from '../../../../analysis/tables/csv.ts';
import type { MenuItem } from '../base/Menu.vue';
import type { FramedChart } from './frameContext.ts';
import { fileName, saveFile } from './saveFile.ts';

interface TextFormat {
  readonly label: string;
  readonly extension: string;
  readonly type: string;
  text(): string;
}

/**
 * The menu 'Copy or save' of what is in the frame: only the formats that it has. Where the clipboard is refused, the
 * file is saved instead, and `notice` says so.
 */
export function useChartExport(
  framed: Readonly<ShallowRef<FramedChart | null>>,
  title: () => string,
  notice: (sentence: string) => void,
) {
  const formats = computed<TextFormat[]>(() => {
    if (framed.value === null) return [];
    const { svg, chart, table } = framed.value;
    const shown = chart();
    const plot = shown?.plot;
    const numbers = shown?.table ?? table;
    return [
      { label: 'SVG', extension: 'svg', type: 'image/svg+xml', text: svg },
      ...(numbers ? [{ label: 'CSV', extension: 'csv', type: 'text/csv', text: () => tableText(numbers()) }] : []),
      ...(shown && plot
        ? [
            {
              label: 'LaTeX (pgfplots)',
              extension: 'tex',
              type: 'application/x-tex',
              text: () => pgfplots(plot(), shown.home),
            },
          ]
        : []),
    ];
  });

  function save({ text, type, extension }: TextFormat): void {
    saveFile(new Blob([text()], { type: `${type};charset=utf-8` }), fileName(title(), extension));
  }

  async function copy(format: TextFormat): Promise<void> {
    try {
      await navigator.clipboard.writeText(format.text());
      notice(`${format.label} copied`);
    } catch {
      save(format);
      notice(`The clipboard is not available here: saved as ${fileName(title(), format.extension)} instead`);
    }
  }

  async function savePng(): Promise<void> {
    const picture = await framed.value?.png();
    if (picture) saveFile(picture, fileName(title(), 'png'));
    else notice('The chart has not been drawn yet, so there is no picture of it');
  }

  return computed<(readonly MenuItem[])[]>(() => [
    [
      { label: 'Save as PNG', run: () => void savePng() },
      ...formats.value.map((format) => ({ label: `Save as ${format.label}`, run: () => save(format) })),
    ],
    ...(formats.value.length === 0
      ? []
      : [formats.value.map((format) => ({ label: `Copy as ${format.label}`, run: () => void copy(format) }))]),
  ]);
}

function tableText({ heads, rows }: { readonly heads: readonly string[]; readonly rows: Parameters<typeof csv>[0] }) {
  return csv([heads, ...rows]);
}
