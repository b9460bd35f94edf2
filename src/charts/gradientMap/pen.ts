export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface TextLook {
  readonly colour: string;
  readonly align: 'left' | 'center' | 'right';
  /** What stands at the height that is given: the middle of the letters, or their top. */
  readonly baseline: 'middle' | 'top';
  /** Turned, so that it is read from below. */
  readonly isUpward?: boolean;
}

/**
 * What everything around a map's cells is drawn with: on the window's canvas, or as elements of an SVG document. Lengths are in
 * pixels of the page, colours `#rrggbb`.
 */
export interface Pen {
  fill(box: Box, colour: string, how?: { readonly opacity?: number; readonly radius?: number }): void;
  /** A line of one pixel around the box. */
  outline(box: Box, colour: string): void;
  /** The colours from the top to the bottom, each running into the next one. */
  ramp(box: Box, colours: readonly string[]): void;
  ring(x: number, y: number, how: { readonly radius: number; readonly width: number; readonly colour: string }): void;
  text(text: string, x: number, y: number, look: TextLook): void;
  widthOf(text: string): number;
}
