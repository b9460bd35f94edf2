/**
 * Normally distributed numbers from a seed and a name, the same on every machine: integer arithmetic, then only the
 * operations that IEEE 754 rounds exactly (+ - * / sqrt). Math.log may differ between engines and is not used.
 */
export function normalNumbers(seed: number, name: string): () => number {
  const uniform = uniformNumbers(seed, name);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    // Marsaglia's polar method (1964).
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * naturalLogarithm(s)) / s);
      spare = v * factor;
      return u * factor;
    }
  };
}

/** Uniform in [0, 1) with 32 bits: sfc32 (Doty-Humphrey, PractRand), seeded by a hash of seed and name. */
export function uniformNumbers(seed: number, name: string): () => number {
  let a = hash(name, seed ^ 0x9e3779b9);
  let b = hash(name, seed ^ 0x243f6a88);
  let c = seed | 0;
  let counter = 1;
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + result) | 0;
    return (result >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round += 1) next();
  return next;
}

/** FNV-1a over the name's characters, from a start that depends on the seed, with MurmurHash3's finish. */
function hash(name: string, start: number): number {
  let value = 0x811c9dc5 ^ start;
  for (let index = 0; index < name.length; index += 1) value = Math.imul(value ^ name.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** ln x for 0 < x < 1, by x = m 2^-k with m in [1/2, 1) and ln m = 2 artanh((m - 1) / (m + 1)). */
export function naturalLogarithm(x: number): number {
  let mantissa = x;
  let halvings = 0;
  while (mantissa < 0.5) {
    mantissa *= 2;
    halvings += 1;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let series = 0;
  // |z| <= 1/3, so that the terms fall below a double's precision after the 17th.
  for (let power = 35; power >= 1; power -= 2) series = series * square + 1 / power;
  return 2 * z * series - halvings * Math.LN2;
}
