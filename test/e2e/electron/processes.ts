import type { ElectronApplication } from 'playwright';
import { until } from '../shell.ts';

export type ProcessName = 'Depthlab host' | 'Depthlab trainer';

/** The process ids of the utility processes of that name. */
export function processIds(application: ElectronApplication, name: ProcessName): Promise<number[]> {
  return application.evaluate(
    ({ app }, wanted) =>
      app
        .getAppMetrics()
        .filter((metric) => metric.type === 'Utility' && metric.name === wanted)
        .map(({ pid }) => pid),
    name,
  );
}

/** Waits for a utility process of that name, other than those given. */
export function waitForProcess(
  application: ElectronApplication,
  name: ProcessName,
  besides: readonly number[] = [],
): Promise<number> {
  return until(async () => (await processIds(application, name)).find((pid) => !besides.includes(pid)));
}
