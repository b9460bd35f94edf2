import type { Pen } from '../../../../charts/gradientMap/pen.ts';
import type { ChartTheme } from '../../../../charts/theme.ts';

/** Draws on a canvas, in the font of the charts. */
export function canvasPen(context: CanvasRenderingContext2D, { fontSize, fontFamily }: ChartTheme): Pen {
  context.font = `${fontSize}px ${fontFamily}`;
  return {
    fill: ({ left, top, width, height }, colour, { opacity = 1, radius = 0 } = {}) => {
      context.globalAlpha = opacity;
      context.fillStyle = colour;
      context.beginPath();
      context.roundRect(left, top, width, height, radius);
      context.fill();
      context.globalAlpha = 1;
    },
    outline: ({ left, top, width, height }, colour) => {
      context.lineWidth = 1;
      context.strokeStyle = colour;
      context.strokeRect(left, top, width, height);
    },
    ramp: ({ left, top, width, height }, colours) => {
      const gradient = context.createLinearGradient(left, top, left, top + height);
      colours.forEach((colour, index) => gradient.addColorStop(index / (colours.length - 1), colour));
      context.fillStyle = gradient;
      context.fillRect(left, top, width, height);
    },
    ring: (x, y, { radius, width, colour }) => {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    },
    text: (text, x, y, { colour, align, baseline, isUpward = false }) => {
      context.fillStyle = colour;
      context.textAlign = align;
      context.textBaseline = baseline;
      context.save();
      context.translate(x, y);
      if (isUpward) context.rotate(-Math.PI / 2);
      context.fillText(text, 0, 0);
      context.restore();
    },
    widthOf: (text) => context.measureText(text).width,
  };
}
