import type { Handlers } from '../../link/rpc.ts';
import { applicationHandlers } from './application.ts';
import { binHandlers } from './bin.ts';
import { changeHandlers } from './changes.ts';
import type { HandlerContext } from './context.ts';
import { dataHandlers } from './data.ts';
import { healthHandlers } from './health.ts';
import { networkHandlers } from './networks.ts';
import { referenceHandlers } from './references.ts';
import { runHandlers } from './runs.ts';
import { runMeasurementHandlers } from './runMeasurements.ts';
import { seriesHandlers } from './series.ts';
import { settingsHandlers } from './settings.ts';
import { studyHandlers } from './studies.ts';
import { studyReportHandlers } from './studyReports.ts';

/** One handler for each method of the contract; a missing one does not compile. */
export function createHandlers(context: HandlerContext): Handlers {
  return {
    ...applicationHandlers(context),
    ...binHandlers(context),
    ...dataHandlers(context),
    ...networkHandlers(context),
    ...runHandlers(context),
    ...runMeasurementHandlers(context),
    ...changeHandlers(context),
    ...settingsHandlers(context),
    ...seriesHandlers(context),
    ...healthHandlers(context),
    ...studyHandlers(context),
    ...studyReportHandlers(context),
    ...referenceHandlers(context),
  } satisfies Handlers;
}
