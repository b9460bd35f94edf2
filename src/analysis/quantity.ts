/** `1.25 GB`, in powers of 1000 as disks and the operating system's monitor count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2)} ${units[power]}`;
}

/** Made once: making it takes longer than a thousand numbers. */
const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `10,327,706`. */
export function formatCount(value: number): string {
  return COUNT.format(value);
}
