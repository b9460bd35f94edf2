/** How a terminal can be drawn on. */
export interface Terminal {
  /** Character cells of a line, and lines. */
  readonly columns: number;
  readonly rows: number;
  /** It shows block characters. */
  readonly unicode: boolean;
  /** It has 256 colours, and the user wants them. */
  readonly colours: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
/** Bits of colour depth from which there are 256 colours. */
const COLOUR_BITS = 8;

/**
 * What a stream's terminal can do; null where it is none, or one without cursor movement. Node's own colour depth follows
 * NO_COLOR (no-color.org) and FORCE_COLOR.
 */
export function terminalOf(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'getColorDepth'>,
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): Terminal | null {
  // A stream that is no terminal has no such property at all.
  if ((stream.isTTY as boolean | undefined) !== true || environment['TERM'] === 'dumb') return null;
  return {
    columns: stream.columns || DEFAULT_COLUMNS,
    rows: stream.rows || DEFAULT_ROWS,
    unicode: showsUnicode(environment, platform),
    colours: stream.getColorDepth({ ...environment }) >= COLOUR_BITS,
  };
}

function showsUnicode(environment: Environment, platform: NodeJS.Platform): boolean {
  // The old Windows console does not say what it shows; Windows Terminal and VS Code do.
  if (platform === 'win32') return Boolean(environment['WT_SESSION'] ?? environment['TERM_PROGRAM']);
  // The Linux console's font has few blocks.
  if (environment['TERM'] === 'linux') return false;
  const locale = ['LC_ALL', 'LC_CTYPE', 'LANG'].map((name) => environment[name] ?? '').find((value) => value !== '');
  return locale !== undefined && /utf-?8/i.test(locale);
}
