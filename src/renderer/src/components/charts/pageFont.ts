/**
 * Resolves when the page's font can be drawn with. A canvas neither asks for a font nor draws again when it comes, and
 * ECharts remembers the widths of the words that it has once measured.
 */
export async function pageFont(): Promise<void> {
  const { fontFamily } = getComputedStyle(document.body);
  try {
    await document.fonts.load(`12px ${fontFamily}`);
  } catch {
    // Without the font the page has its next choice, and so have the charts.
  }
}
