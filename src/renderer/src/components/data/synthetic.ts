import { safeParse } from 'valibot';
import { SyntheticSource } from '../../../../contract/data.ts';

/** The fields of the form for synthetic images; `size` is both height and width. */
export const SYNTHETIC_FIELDS = [
  { key: 'images', label: 'Training', initial: '10000' },
  { key: 'testImages', label: 'Test', initial: '2000' },
  { key: 'size', label: 'Size', initial: '32' },
  { key: 'classes', label: 'Classes', initial: '10' },
  { key: 'noise', label: 'Noise', initial: '0.2' },
  { key: 'seed', label: 'Seed', initial: '0' },
] as const;

interface Read {
  /** Null while a field is refused. */
  readonly source: SyntheticSource | null;
  /** Why a field is refused. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What was typed, as the contract reads it. */
export function readSynthetic(texts: Readonly<Record<string, string>>): Read {
  const numbers = Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, text.trim() === '' ? NaN : Number(text)]),
  );
  const { size, ...others } = numbers;
  const parsed = safeParse(SyntheticSource, { kind: 'synthetic', ...others, height: size, width: size });
  if (parsed.success) return { source: parsed.output, errors: {} };
  const errors = parsed.issues.map(({ path, message }) => {
    const key = String(path?.[0].key);
    return [key === 'height' || key === 'width' ? 'size' : key, message] as const;
  });
  return { source: null, errors: Object.fromEntries(errors) };
}
