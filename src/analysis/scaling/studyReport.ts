import type { EnvironmentEntry, RunRow } from '../../contract/run.ts';
import type { DataSetInfo } from '../../contract/data.ts';
import type { ReferenceSeries } from '../../contract/reference.ts';
import type { StudyRow, StudyTable } from '../../contract/study.ts';
import type { StudyReport } from '../../contract/studyReport.ts';
import { growCommand, studyCommand } from '../command.ts';
import { comparePublished } from '../published/comparePublished.ts';
import { publishedData } from '../published/publishedData.ts';
import { bootstrapIntervals } from './bootstrap.ts';
import { depthFits } from './depthFits.ts';
import { differenceStatistics, testsSentence } from './differenceStatistics.ts';
import { cellResources } from './resources.ts';

export interface ReportSources {
  readonly study: Pick<StudyRow, 'id' | 'name' | 'request' | 'createdAt'>;
  readonly table: StudyTable;
  readonly runs: readonly RunRow[];
  /** Undefined where the data set is not in the library any more. */
  readonly data: DataSetInfo | undefined;
  readonly references: readonly ReferenceSeries[];
  /** One list a run. */
  readonly environments: readonly (readonly EnvironmentEntry[])[];
  readonly applicationVersion: string;
}

/** Everything that is said of a study for the metric of its table: no number of it is computed anywhere else. */
export function studyReport(sources: ReportSources): StudyReport {
  const { study, table, runs, data, references, environments, applicationVersion } = sources;
  const { name, request, createdAt } = study;
  const differences = differenceStatistics(table);
  const referenceData = publishedData(request.data, data);
  return {
    studyId: study.id,
    name,
    request,
    createdAt,
    commands: [studyCommand(request), ...request.series.map((series) => growCommand(study.id, series, request))],
    metric: table.metric,
    table,
    cells: table.cells.map(({ series, depth, values }) => ({
      series,
      depth,
      bootstrap: bootstrapIntervals(values.map(({ value }) => value)),
    })),
    differences,
    testsSentence: testsSentence(table, differences),
    ...depthFits(table),
    referenceData,
    published: comparePublished(references, referenceData, runs),
    resources: cellResources(table, runs),
    environment: distinctEnvironment(environments),
    applicationVersion,
  };
}

function distinctEnvironment(environments: ReportSources['environments']): StudyReport['environment'] {
  const values = new Map<string, Set<string>>();
  for (const { name, value } of environments.flat()) {
    const known = values.get(name);
    if (known === undefined) values.set(name, new Set([value]));
    else known.add(value);
  }
  return [...values].map(([name, distinct]) => ({ name, values: [...distinct] }));
}
