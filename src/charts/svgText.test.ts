import { expect, it } from 'vitest';
import { axesOf, chartBase } from './axes.ts';
import { depthChart } from './depthChart.ts';
import { depthStudy } from './studyTable.fixture.ts';
import { svgText } from './svgText.ts';
import { chartTheme } from './theme.ts';

it('is well-formed where the page’s font has a name in quotes', () => {
  const theme = chartTheme((property) => (property === '--font-sans' ? '"Inter Variable", sans-serif' : ''));
  const span = { name: 'Step', log: false, min: 0, max: 1 };
  const option = { ...chartBase(theme), ...axesOf(theme)({ x: span, y: span }) };
  const svg = svgText(option, { width: 300, height: 200 }, 'A chart');
  const tags = svg.match(/<[^>]*>/g)!;
  expect(tags.some((tag) => tag.includes("'Inter Variable'"))).toBe(true);
  for (const tag of tags) expect(tag).toMatch(/^<[^"<>]*(?:"[^"]*"[^"<>]*)*>$/);
  for (const tag of tags) expect(tag).not.toMatch(/="[^"]*"[^\s/>?]/);
});

it('is a document with a size, its title first and no text as markup', () => {
  const { option, home, axes } = depthChart({ table: depthStudy(), theme: chartTheme(() => '') });
  const text = svgText({ ...option, ...axes(home) }, { width: 400, height: 300 }, 'A & <b>');
  expect(text).toMatch(/^<svg width="400" height="300"[^>]*><title>A &amp; &lt;b&gt;<\/title>/);
  expect(text).toMatch(/<\/svg>\s*$/);
  expect(text).toContain('>110</text>');
});
