import { expect, it } from 'vitest';
import { depthChart } from './depthChart.ts';
import { depthStudy } from './studyTable.fixture.ts';
import { svgText } from './svgText.ts';
import { chartTheme } from './theme.ts';

it('is a document with a size, its title first and no text as markup', () => {
  const { option, home, axes } = depthChart({ table: depthStudy(), theme: chartTheme(() => '') });
  const text = svgText({ ...option, ...axes(home) }, { width: 400, height: 300 }, 'A & <b>');
  expect(text).toMatch(/^<svg width="400" height="300"[^>]*><title>A &amp; &lt;b&gt;<\/title>/);
  expect(text).toMatch(/<\/svg>\s*$/);
  expect(text).toContain('>110</text>');
});
