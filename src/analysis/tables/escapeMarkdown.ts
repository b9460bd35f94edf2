/** Text that a user wrote, shown as it stands: no markup, no link, no HTML, no list, no line break. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]#|~>$@]/g, '\\$&')
    .replace(LINK_SIGNS, '\\$&')
    .replace(BULLET, '$1\\$2')
    .replace(LIST_NUMBER, '$1\\$2');
}

/** A point and a colon within a word make addresses; within a number they do not. */
const LINK_SIGNS = /(?<=w)\.|[.:](?=[^\s\d])/gi;
/** What makes a line the item of a list, or the one above it a heading. */
const BULLET = /^(\s*)([-+=])/;
const LIST_NUMBER = /^(\s*\d+)([.)])(?=\s|$)/;
