import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ReferenceSeries } from '../../contract/reference.ts';
import type { Handlers } from '../../link/rpc.ts';
import type { HandlerContext } from './context.ts';

/** Published figures, read once from resources/references: a file holds one series or a list of them. */
export function referenceHandlers({ options }: HandlerContext): Pick<Handlers, 'references.list'> {
  let series: ReferenceSeries[] | null = null;
  return {
    'references.list': ({ data }) => {
      series ??= readReferences(join(options.resourcesFolder, 'references'));
      return data === undefined ? series : series.filter((one) => one.data === data);
    },
  };
}

function readReferences(folder: string): ReferenceSeries[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.toSorted().flatMap((name) => {
    const content: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return v.parse(v.array(ReferenceSeries), Array.isArray(content) ? content : [content]);
  });
}
