import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';
import { escapeLatex, latexDefinitions } from './escapeLatex.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';

describe('what users wrote', () => {
  it('is never a formula in CSV, and comes back as it was', () => {
    const starts = fc.constantFrom('', ' ', '=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠', '"', ',');
    const texts = fc.tuple(starts, starts, fc.string()).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const line = csv([[text]]);
        expect(line.startsWith('"')).toBe(true);
        expect(line.endsWith('"\r\n')).toBe(true);
        const content = line.slice(1, -3).replaceAll('""', '"');
        expect(content === text || content === `'${text}`).toBe(true);
        expect(content).not.toMatch(/^[\s\0]*[=+\-@\0＝＋－＠]/);
        expect(line.slice(1, -3).replaceAll('""', '')).not.toContain('"');
      }),
      { numRuns: 1000 },
    );
    expect(csv([[-0.5, null, 3, Number.NaN]])).toBe('-0.5,,3,"NaN"\r\n');
  });

  it('has no power in Markdown', () => {
    expect(escapeMarkdown('<b>|[x](y)\n# z')).toBe('&lt;b\\>\\|\\[x\\](y) \\# z');
    expect(escapeMarkdown('https://a.b www.1.c :tada: @x')).toBe('https\\://a\\.b www\\.1\\.c \\:tada: \\@x');
    expect(escapeMarkdown('1. 0.5 to 1.0: as (many) - as +3.')).toBe('1\\. 0.5 to 1.0: as (many) - as +3.');
    expect(['- a', '+ a', '2) a', '==='].map(escapeMarkdown)).toEqual(['\\- a', '\\+ a', '2\\) a', '\\===']);
  });

  it('has no power in LaTeX', () => {
    expect(escapeLatex("\\input{x} 50% $a_b$\n~ [1] --''\"")).toBe(
      "\\textbackslash{}input\\{x\\} 50\\% \\$a\\_b\\$ \\textasciitilde{} {[}1] -{}-'{}'\\symbol{34}",
    );
  });

  it('keeps its signs in LaTeX where the standard fonts have them, else their code', () => {
    expect(escapeLatex('Zoë ± 0.1 ≥ −α Łódź')).toBe("Zo\\\"{e} $\\pm$ 0.1 $\\geq$ $-$$\\alpha$ \\L{}\\'{o}d\\'{z}");
    expect(escapeLatex('你\u202e𝔸\ud800')).toBe(
      '\\unicodecharacter{4F60}\\unicodecharacter{1D538}\\unicodecharacter{FFFD}',
    );
    expect(latexDefinitions(escapeLatex('plain é'))).toEqual([]);
    expect(latexDefinitions(escapeLatex('你'))[1]).toContain('\\providecommand{\\unicodecharacter}');
  });
});
