import { studyReport } from '../../analysis/scaling/studyReport.ts';
import type { Handlers } from '../../link/rpc.ts';
import { createReferences } from '../references.ts';
import { tableOfStudy } from '../tableOfStudy.ts';
import { APPLICATION_VERSION } from '../version.ts';
import type { HandlerContext } from './context.ts';

export function studyReportHandlers(context: HandlerContext): Pick<Handlers, 'studies.report'> {
  const { store, data, options } = context;
  const references = createReferences(options.resourcesFolder);
  return {
    'studies.report': ({ id, metric }) => {
      const study = store.studies.get(id);
      const runs = store.studies.runs(id);
      return studyReport({
        study,
        table: tableOfStudy(context, id, metric),
        runs,
        data: data.list().find(({ name }) => name === study.request.data),
        references: references(),
        environments: runs.map((run) => store.environment.list(run.id)),
        applicationVersion: APPLICATION_VERSION,
      });
    },
  };
}
