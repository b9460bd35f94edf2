import { Argument, Option, type Command } from 'commander';
import { QUANTITY_FACTS } from '../analysis/layerQuantities.ts';
import { ofFlow, ofNorms, type LayerProfile } from '../charts/layerProfile.ts';
import { normProfile } from '../charts/normProfile.ts';
import { PAPER_THEME } from '../charts/theme.ts';
import { UserError } from '../contract/errors.ts';
import { LAYER_QUANTITIES, type LayerQuantity } from '../contract/flow.ts';
import type { Api } from '../link/rpc.ts';
import { addChartOptions, giveChart, type ChartCommandOptions } from './chartOptions.ts';
import { namedRuns } from './namedRuns.ts';
import { withApi } from './session.ts';
import { identifier, runNumbers } from './values.ts';

interface LayerChartOptions extends ChartCommandOptions {
  readonly quantity: LayerQuantity;
  readonly step?: number;
  readonly logY: boolean;
}

/** `chart layers RUN...`: a quantity of every layer at one step. */
export function addLayerChart(chart: Command): void {
  const quantity = new Option('--quantity <name>', 'what is drawn of each layer');
  addChartOptions(
    chart
      .command('layers')
      .description(
        'the gradient norm (or another quantity) of every layer of runs at one step, from the image to the loss',
      )
      .addArgument(new Argument('<runs...>', 'numbers of runs, e.g. 3 5').argParser(runNumbers))
      .addOption(quantity.choices(LAYER_QUANTITIES).default('gradientNorm'))
      .option('--step <n>', 'the step (default: the newest of each run)', identifier)
      .option('--no-log-y', 'linear y axis')
      .action(drawLayers),
  );
}

async function drawLayers(ids: number[], options: LayerChartOptions): Promise<void> {
  const { quantity, step, logY } = options;
  const runs = await withApi(options, async (api) => {
    const found = await namedRuns(api, ids);
    const profiles = await Promise.all(ids.map((id) => profileOf(api, id, quantity, step)));
    return found.map(({ id, name, network: { version } }, index) => {
      return { name: `#${id} ${name}`, version, profile: profiles[index]! };
    });
  });
  const isLog = logY && QUANTITY_FACTS[quantity].scale === 'log';
  await giveChart(normProfile({ runs, quantity, theme: PAPER_THEME, logY: isLog }), options);
}

async function profileOf(
  api: Api,
  runId: number,
  quantity: LayerQuantity,
  step: number | undefined,
): Promise<LayerProfile> {
  const question = { runId, ...(step === undefined ? {} : { step }) };
  if (quantity === 'gradientNorm') return ofNorms(await api['norms.read'](question));
  const profile = ofFlow(await api['flow.read'](question), quantity);
  if (profile !== null) return profile;
  throw notRecorded(runId, quantity);
}

export function notRecorded(runId: number, quantity: LayerQuantity): UserError {
  return new UserError({
    code: 'bad-input',
    message: `Run ${runId} has not recorded ${quantity} up to this step`,
    where: '--quantity',
    hint: 'Every run has gradientNorm; the others are recorded where the run observes its layers ("depthlab flow")',
  });
}
