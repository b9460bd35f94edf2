/** A colour by perceived lightness (0 to 1), chroma and hue (radians): Ottosson 2020, "A perceptual color space for image processing". */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

type Triple = readonly [number, number, number];

export function hexToOklch(hex: string): Oklch {
  const [r, g, b] = linearRgb(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { lightness, chroma: Math.hypot(a, c), hue: Math.atan2(c, a) };
}

/** The nearest colour that a screen shows: lightness and hue stay, chroma gives way. */
export function oklchToHex({ lightness, chroma, hue }: Oklch): string {
  let [low, high] = [0, chroma];
  if (isShown(toLinear(lightness, chroma, hue))) low = chroma;
  for (let step = 0; step < 16 && low < high; step += 1) {
    const middle = (low + high) / 2;
    if (isShown(toLinear(lightness, middle, hue))) low = middle;
    else high = middle;
  }
  const channels = toLinear(lightness, low, hue).map((value) =>
    Math.round(255 * encode(Math.min(1, Math.max(0, value)))),
  );
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance, 0 (black) to 1 (white), as WCAG 2 defines it. */
export function luminance(hex: string): number {
  const [r, g, b] = linearRgb(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** `#rgb` or `#rrggbb`; white where it is neither. */
function linearRgb(hex: string): Triple {
  const digits = hex.trim().replace('#', '');
  const six = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = /^[\da-f]{6}$/i.test(six) ? parseInt(six, 16) : 0xffffff;
  return [decode(value >> 16), decode((value >> 8) & 255), decode(value & 255)];
}

function decode(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encode(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

function toLinear(lightness: number, chroma: number, hue: number): Triple {
  const a = chroma * Math.cos(hue);
  const c = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * c) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * c) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * c) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function isShown(channels: Triple): boolean {
  return channels.every((value) => value >= -1e-4 && value <= 1 + 1e-4);
}
