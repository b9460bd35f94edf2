import { stagesOf, stageTitle } from './stages.ts';
import type { ChartTheme } from './theme.ts';

/** Every second stage on a darker ground; a stage of a few layers has no name. */
export function stageBands(layers: readonly string[], theme: ChartTheme) {
  const stages = stagesOf(layers);
  return {
    silent: true,
    data: stages.map(({ name, from, to }, index) => [
      {
        xAxis: from + 0.5,
        name: to - from < layers.length / 12 ? '' : stageTitle(name),
        itemStyle: { color: index % 2 === 0 ? 'transparent' : theme.border, opacity: 0.28 },
        label: { position: 'insideTop' as const, color: theme.muted, fontSize: theme.fontSize },
      },
      { xAxis: to + 0.5 },
    ]) as [{ xAxis: number; name: string }, { xAxis: number }][],
  };
}
