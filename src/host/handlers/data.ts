import type { ResultOf } from '../../contract/contract.ts';
import type { DataSet, DataSource } from '../../data/dataSet.ts';
import { dataSets, findDataSet } from '../../data/dataSets.ts';
import type { Handlers } from '../../link/rpc.ts';
import type { HandlerContext } from './context.ts';

const BRIGHTEST = 255;

export function dataHandlers({ options }: HandlerContext): Pick<Handlers, 'data.list' | 'data.samples'> {
  return {
    'data.list': () => dataSets.map(({ info }) => info),
    'data.samples': ({ name, count }) => {
      const source = findDataSet(name);
      return samples(source, source.load(options.resourcesFolder), count);
    },
  };
}

/** Training images taken at equal distances, since a set may be sorted by class; pixels brought to 0 ... 255. */
function samples({ maxPixel }: DataSource, { info, train }: DataSet, count: number): ResultOf<'data.samples'> {
  const size = train.images.length / train.count;
  const taken = Math.min(count, train.count);
  const indices = Array.from({ length: taken }, (_, place) => Math.floor((place * train.count) / taken));
  const images = new Uint8Array(taken * size);
  indices.forEach((index, place) => {
    const image = train.images.subarray(index * size, (index + 1) * size);
    images.set(
      image.map((pixel) => Math.round((pixel * BRIGHTEST) / maxPixel)),
      place * size,
    );
  });
  return { input: info.input, images, labels: indices.map((index) => train.labels[index]!) };
}
