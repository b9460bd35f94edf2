import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ReferenceSeries } from '../contract/reference.ts';

/** Published figures of resources/references, read when they are first asked for: a file holds a list of series. */
export function createReferences(resourcesFolder: string): () => readonly ReferenceSeries[] {
  let series: readonly ReferenceSeries[] | null = null;
  return () => (series ??= readReferences(join(resourcesFolder, 'references')));
}

function readReferences(folder: string): ReferenceSeries[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.toSorted().flatMap((name) => {
    const content: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return v.parse(v.array(ReferenceSeries), content);
  });
}
