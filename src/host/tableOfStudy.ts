import { measuredImages } from '../analysis/measuredImages.ts';
import { studyTable } from '../analysis/studyTable.ts';
import { UserError } from '../contract/errors.ts';
import type { StudyTable, TableMetric } from '../contract/study.ts';
import type { HandlerContext } from './handlers/context.ts';

/** A study's paired table. A `UserError` (`bad-input`) for a search, which has none. */
export function tableOfStudy(
  { store, data }: Pick<HandlerContext, 'store' | 'data'>,
  id: number,
  metric: TableMetric,
): StudyTable {
  const { name, request } = store.studies.get(id);
  if (request.search !== undefined) throw noTable(id);
  const info = data.list().find((one) => one.name === request.data);
  const images = info === undefined ? null : measuredImages(metric, request.recipe, info);
  return studyTable({ studyId: id, name, metric, images, runs: store.studies.runs(id), further: request.series });
}

/** A mean over runs of different architectures would be taken for one over seeds. */
function noTable(id: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `Study ${id} is a search: its trials are different networks, each with one seed, and have no paired table`,
    where: `study ${id}`,
    hint: 'List them with "runs list", or copy them from the runs table of the application',
  });
}
