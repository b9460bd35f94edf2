import type { ResultOf } from '../../contract/contract.ts';
import type { DataSet, PixelSet } from '../../data/dataSet.ts';
import { openPixelSet } from '../../data/openDataSet.ts';
import type { Handlers } from '../../link/rpc.ts';
import type { HandlerContext } from './context.ts';

const BRIGHTEST = 255;

export function dataHandlers({
  data,
}: Pick<HandlerContext, 'data'>): Pick<Handlers, 'data.list' | 'data.get' | 'data.samples'> {
  return {
    'data.list': () => data.list(),
    'data.get': ({ name }) => data.find(name),
    'data.samples': ({ name, count }) => samples(openPixelSet(data.find(name)), count),
  };
}

/** Training images taken at equal distances, since a set may be sorted by class; pixels brought to 0 ... 255. */
function samples({ info, train }: DataSet<PixelSet>, count: number): ResultOf<'data.samples'> {
  const { input, maxPixel } = info;
  const size = input.height * input.width * input.channels;
  const taken = Math.min(count, train.count);
  const indices = Array.from({ length: taken }, (_, place) => Math.floor((place * train.count) / taken));
  const images = new Uint8Array(taken * size);
  indices.forEach((index, place) => train.read(index, images, place * size));
  if (maxPixel !== BRIGHTEST) images.forEach((pixel, at) => (images[at] = Math.round((pixel * BRIGHTEST) / maxPixel)));
  return { input, images, labels: indices.map((index) => train.labels[index]!) };
}
