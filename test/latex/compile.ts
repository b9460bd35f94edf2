import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A page that no table is too wide for: what is too wide for a paper's is the user's choice of columns. */
const WIDE_PAGE = '\\usepackage[paperwidth=400cm, paperheight=60cm, margin=2cm]{geometry}';

export interface Compiled {
  readonly code: number | null;
  /** Errors, boxes that are too full, and warnings of LaTeX, as the log has them. */
  readonly complaints: readonly string[];
  readonly log: string;
}

/**
 * Compiles samples as one article with pdfLaTeX. Packages come from the comment at each sample's start, as its reader
 * would add them. No picture is made (`-draftmode`), which needs no fonts but their metrics.
 */
export function compile(samples: readonly string[], page = WIDE_PAGE): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-latex-'));
  try {
    writeFileSync(join(folder, 'paper.tex'), articleOf(samples, page));
    const flags = ['-draftmode', '-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', 'paper.tex'];
    const { status } = spawnSync('pdflatex', flags, { cwd: folder, env: { ...process.env, max_print_line: '1000' } });
    const log = readFileSync(join(folder, 'paper.log'), 'latin1');
    return { code: status, complaints: complaintsOf(log), log };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function articleOf(samples: readonly string[], page: string): string {
  const preamble = new Set(samples.flatMap((sample) => sample.match(/\\(usepackage|pgfplotsset)\{[^}]*\}/g) ?? []));
  return [
    '\\documentclass{article}',
    page,
    ...preamble,
    '\\begin{document}',
    ...samples.flatMap((sample) => [sample, '\\clearpage']),
    '\\end{document}',
  ].join('\n');
}

/** References stand after a second run only, which one of tables by themselves does not need. */
function complaintsOf(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => /^!|^(Over|Under)full|Warning:|^Missing character|Undefined control/.test(line))
    .filter((line) => !/Rerun|rerun|longtable Warning: (Column|Table) widths/.test(line));
}
