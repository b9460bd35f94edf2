import { expect, it } from 'vitest';
import { chartFrame, legend, remarkBelow } from './axes.ts';
import { depthChart } from './depthChart.ts';
import { depthStudy } from './studyTable.fixture.ts';
import { svgText } from './svgText.ts';
import { chartTheme, PAPER_THEME } from './theme.ts';
import { malformation } from './wellFormed.fixture.ts';

it('is well-formed where the page’s font has a name in quotes', () => {
  const theme = chartTheme((property) => (property === '--font-sans' ? '"Inter Variable", sans-serif' : ''));
  const span = { name: 'Step', log: false, min: 0, max: 1 };
  const { option } = chartFrame(theme, { x: span, y: span });
  const svg = svgText(option, { width: 300, height: 200 }, 'A chart', theme.surface);
  expect(svg).toContain("'Inter Variable'");
  expect(malformation(svg)).toBeNull();
});

it('is a document with a size, its title first and no text as markup', () => {
  const { option, home, axes } = depthChart({ table: depthStudy(), theme: chartTheme(() => '') });
  const text = svgText({ ...option, ...axes(home) }, { width: 400, height: 300 }, 'A & <b>', '#fedcba');
  expect(text).toMatch(/^<svg width="400" height="300"[^>]*><title>A &amp; &lt;b&gt;<\/title>/);
  expect(text).toMatch(/<\/svg>\s*$/);
  expect(text).toContain('>110</text>');
  expect(text).toMatch(/<rect width="400" height="300"[^>]*fill="#fedcba"/);
});

it('has room for its texts in a wide font, though nothing measures them', () => {
  const names = ['A series with a long name', 'Another one'];
  const series = names.map((name) => ({ type: 'line' as const, name, data: [[0, 1]] }));
  const title = remarkBelow(PAPER_THEME, 'Line: weights');
  const svg = svgText(
    { legend: legend(PAPER_THEME, names), title, series, xAxis: {}, yAxis: {} },
    { width: 500, height: 200 },
    '',
    PAPER_THEME.surface,
  );
  const leftOf = (name: string) => {
    const at =
      new RegExp(`<text [^>]*translate\\(([\\d.]+) [^>]*>${name}`).exec(svg) ??
      expect.fail(`no text ${name} in ${svg}`);
    return Number(at[1]);
  };
  // DejaVu Sans at 11 pixels takes 145 for the first name.
  expect(leftOf('Another one') - leftOf('A series')).toBeGreaterThan(145 + 26);
  expect(svg).toMatch(/text-anchor="end"[^>]*translate\(480 [^>]*>Line: weights/);
});

it('has a check that sees what is malformed', () => {
  for (const text of ['<a b="1"c="2"/>', '<a><b></a></b>', '<a>&</a>', '<a b="<"/>', '<a', 'text', '<a>'])
    expect(malformation(text), text).not.toBeNull();
  expect(malformation('<a b="&quot;"><c/>1 &lt; 2</a>')).toBeNull();
});
