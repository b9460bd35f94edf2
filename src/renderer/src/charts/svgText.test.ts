import { expect, it } from 'vitest';
import { axesOf, chartBase } from './axes.ts';
import { svgText } from './svgText.ts';
import { chartTheme } from './theme.ts';

it('is well-formed where the page’s font has a name in quotes', () => {
  const theme = chartTheme((property) => (property === '--font-sans' ? '"Inter Variable", sans-serif' : ''));
  const span = { name: 'Step', log: false, min: 0, max: 1 };
  const svg = svgText({ ...chartBase(theme), ...axesOf(theme)({ x: span, y: span }) }, { width: 300, height: 200 });
  const tags = svg.match(/<[^>]*>/g)!;
  expect(tags.some((tag) => tag.includes("'Inter Variable'"))).toBe(true);
  for (const tag of tags) expect(tag).toMatch(/^<[^"<>]*(?:"[^"]*"[^"<>]*)*>$/);
  for (const tag of tags) expect(tag).not.toMatch(/="[^"]*"[^\s/>?]/);
});
