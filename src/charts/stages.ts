/** Consecutive layers of one stage: [from, to) in depth order. */
export interface Stage {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The stages of a network, read off its layers' names: `stage1.unit1.conv1.weight` is in `stage1`. */
export function stagesOf(layers: readonly string[]): Stage[] {
  const stages: { name: string; from: number; to: number }[] = [];
  layers.forEach((layer, index) => {
    const name = layer.split('.', 1)[0]!;
    const last = stages.at(-1);
    if (last?.name === name) last.to = index + 1;
    else stages.push({ name, from: index, to: index + 1 });
  });
  return stages;
}

/** `stage1` as it is written above a band: `Stage 1`. */
export function stageTitle(name: string): string {
  const spaced = name.replace(/(\d+)$/, ' $1');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
