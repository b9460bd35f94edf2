import { Argument, Option, type Command } from 'commander';
import { depthTrend, describeTrend, type DepthTrend } from '../../analysis/depthTrend.ts';
import { formatQuantity, QUANTITY_FACTS } from '../../analysis/layerQuantities.ts';
import { LAYER_QUANTITIES, type FlowMap, type FlowProfile, type LayerQuantity } from '../../contract/flow.ts';
import { table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { readMap } from '../readMap.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { identifier } from '../values.ts';

interface FlowOptions extends CommonOptions {
  readonly quantity?: LayerQuantity;
  readonly step?: number;
  readonly history?: boolean;
}

/** More columns than a run keeps observations by itself: each step has its own. */
const COLUMNS = 4096;

const EXAMPLES = `
Examples:
  depthlab flow 12
  depthlab flow 12 --quantity deadFraction --step 100
  depthlab flow 12 --quantity updateRatio --history --json

Blocks are residual units; their value is the mean over their layers (geometric where the scale is one of powers of ten). The slope is
that of log10 over the layers, by least squares. Which steps are observed is the recipe's --observe.`;

export function addFlowCommand(program: Command): void {
  addCommonOptions(
    program
      .command('flow')
      .description('weights, updates, activations and gradients by layer at an observed step')
      .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
      .addOption(new Option('--quantity <name>', 'one quantity, layer by layer').choices(LAYER_QUANTITIES))
      .option('--step <n>', 'the newest observed step up to this one (default: the newest)', identifier)
      .option('--history', 'with --quantity: its trend over depth at every observed step; with --json every value')
      .addHelpText('after', EXAMPLES)
      .action(flow),
  );
}

async function flow(id: number, { quantity, step, history = false, json = false, ...common }: FlowOptions) {
  const at = step === undefined ? {} : { step };
  if (history)
    return showHistory(await withApi(common, (api) => readMap(api, id, quantity ?? 'gradientNorm', COLUMNS)), json);
  const profile = await withApi(common, (api) => api['flow.read']({ runId: id, ...at }));
  const shown = profile.quantities.filter((one) => quantity === undefined || one.quantity === quantity);
  const trends = shown.map((one) => ({ ...one, trend: depthTrend(one.quantity, one.layers, one.values) }));
  if (json) return printJson({ ...profile, quantities: trends.map(asPlain) });
  print([heading(profile), '', ...(quantity === undefined ? [overview(trends)] : trends.map(layerByLayer))].join('\n'));
}

type Shown = FlowProfile['quantities'][number] & { readonly trend: DepthTrend | null };

const asPlain = ({ values, ...rest }: Shown) => ({ ...rest, values: [...values] });

function heading({ runId, step, isObserved }: FlowProfile): string {
  return isObserved
    ? `run ${runId}, step ${step}`
    : `run ${runId}, step ${step}: nothing but gradient norms was recorded (the recipe's "observe" chooses the steps)`;
}

function overview(trends: readonly Shown[]): string {
  const rows = trends.map(({ quantity, trend }) => [
    quantity,
    trend ? formatQuantity(quantity, trend.first.value, 3) : '-',
    trend ? formatQuantity(quantity, trend.last.value, 3) : '-',
    trend?.ratio == null ? '-' : trend.ratio.toPrecision(3),
    trend?.line ? slopeText(trend.line) : '-',
    trend ? `${trend.line?.n ?? trend.layers} of ${trend.layers}` : '-',
  ]);
  return table(['quantity', 'first block', 'last block', 'ratio', 'log10 slope a layer (± s.e.)', 'layers'], rows);
}

function slopeText({ slope, standardError }: NonNullable<DepthTrend['line']>): string {
  return standardError === null ? slope.toFixed(4) : `${slope.toFixed(4)} ± ${standardError.toFixed(4)}`;
}

function layerByLayer({ quantity, layers, values, trend }: Shown): string {
  const { title, definition } = QUANTITY_FACTS[quantity];
  const rows = layers.map((name, index) => [name, formatQuantity(quantity, values[index]!)]);
  const trendText = trend === null ? [] : [`${describeTrend(quantity, trend)}.`, ''];
  return [`${title}: ${definition}.`, ...trendText, table(['layer', 'value'], rows)].join('\n');
}

function showHistory({ quantity, runId, layers, steps, values }: FlowMap, json: boolean): void {
  const ofStep = (index: number) => values.subarray(index * layers.length, (index + 1) * layers.length);
  if (json) {
    const all = Array.from(steps, (step, index) => ({ step, values: [...ofStep(index)] }));
    return printJson({ runId, quantity, layers, steps: all });
  }
  const rows = Array.from(steps, (step, index) => {
    const trend = depthTrend(quantity, layers, ofStep(index));
    return [
      String(step),
      trend ? formatQuantity(quantity, trend.first.value, 3) : '-',
      trend ? formatQuantity(quantity, trend.last.value, 3) : '-',
      trend?.line ? slopeText(trend.line) : '-',
    ];
  });
  print(`run ${runId}, ${QUANTITY_FACTS[quantity].title.toLowerCase()}\n`);
  print(table(['step', 'first block', 'last block', 'log10 slope a layer (± s.e.)'], rows));
}
