import { LATEX_ACCENTS, LATEX_SIGNS } from './latexSigns.ts';

/** Signs that two of make a ligature: `--` would print as a dash. */
const LIGATURES = "-',";

/**
 * Text that a user wrote, as LaTeX prints it; nothing in it is a command, a comment, an option of `\\` or a line end.
 * It compiles with pdfLaTeX and its standard fonts; a sign that these lack is `\unicodecharacter{4F60}`, which
 * `latexDefinitions` defines.
 */
export function escapeLatex(text: string): string {
  const printed = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const characters = Array.from(printed);
  return characters
    .map((character, index) => {
      const isDoubled = LIGATURES.includes(character) && characters[index - 1] === character;
      return isDoubled ? `{}${character}` : latexCharacter(character);
    })
    .join('');
}

function latexCharacter(character: string): string {
  const sign = LATEX_SIGNS[character];
  if (sign !== undefined) return sign;
  if (/[\x20-\x7e]/.test(character)) return character;
  if (/\p{Zs}/u.test(character)) return ' ';
  if (/\p{Cf}/u.test(character)) return '';
  return accented(character) ?? `\\unicodecharacter{${codePoint(character)}}`;
}

/** `\'{e}`; null for what is not one Latin letter with one of TeX's accents. */
function accented(character: string): string | null {
  const [letter = '', mark = '', ...others] = character.normalize('NFD');
  const accent = LATEX_ACCENTS[mark];
  if (accent === undefined || others.length > 0 || !/[A-Za-z]/.test(letter)) return null;
  return `\\${accent}{${/[ij]/.test(letter) ? `\\${letter}` : letter}}`;
}

function codePoint(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * What a text needs besides packages. XeLaTeX and LuaLaTeX print any sign that their font has; pdfLaTeX prints its code.
 */
export function latexDefinitions(text: string): string[] {
  if (!text.includes('\\unicodecharacter{')) return [];
  return [
    '% Signs that pdfLaTeX has no font for: compile with LuaLaTeX or XeLaTeX to see them.',
    '\\providecommand{\\unicodecharacter}[1]{\\ifdefined\\Umathchar\\symbol{"#1}\\else[U+#1]\\fi}',
  ];
}
