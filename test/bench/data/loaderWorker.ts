/** Makes batches with this pipeline; `startPeer` says how it is spoken to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { DataReference } from '../../../src/contract/data.ts';
import { openDataSet } from '../../../src/data/openDataSet.ts';
import { createPipeline } from '../../../src/data/pipeline/pipeline.ts';
import { answerSteps } from '../engine/stepWorker.ts';
import { planOf } from './plan.ts';
import { REFERENCE_FILE } from './sets.ts';

const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({ options: { folder: text, workers: text, 'batch-size': text } });
const reference = v.parse(DataReference, JSON.parse(readFileSync(join(values.folder, REFERENCE_FILE), 'utf8')));
const pipeline = createPipeline({
  reference,
  dataSet: openDataSet(reference),
  part: 'train',
  plan: planOf(Number(values['batch-size'])),
  workers: Number(values.workers),
});
let step = 0;
await answerSteps(async () => {
  step += 1;
  await pipeline.at(step);
});
await pipeline.close();
