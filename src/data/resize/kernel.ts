import {
  add,
  addFour,
  firstBytes,
  firstHalves,
  fourTimes,
  integer,
  isLess,
  lastBytes,
  lastHalves,
  load,
  loadBytes,
  loadFourBytes,
  loadFourTimes,
  moduleOf,
  multiplyFour,
  repeatWhile,
  shiftFourRight,
  storeBytes,
  storeFourBytes,
  toBytes,
  toHalves,
  variables,
  type Code,
  type WasmFunction,
} from './webAssembly.ts';

/** Weights are whole numbers of 2^-22, as Pillow's: 8 bits of a pixel and 2 to spare make 32. */
export const WEIGHT_BITS = 22;
/** Bytes of a sample before its weights: where its sources begin, and how many bytes of weights follow. */
export const SAMPLE_HEAD = 8;
/** Bytes beyond its result that a loop may write, and beyond its source that it may read. */
export const SLACK = 16;

/**
 * Weighted sums of bytes, rounded to bytes; numbers are addresses and counts of bytes. Samples lie `sampleStep` apart; each is two
 * 32-bit integers (`SAMPLE_HEAD`) and its weights. Results lie one after another. No range may be empty.
 */
export interface Kernel {
  /** Makes each row of `source` one pixel for each sample, of neighbouring pixels of `pixel` bytes each (1 to 4). */
  horizontal(
    source: number,
    sourceEnd: number,
    row: number,
    pixel: number,
    samples: number,
    samplesEnd: number,
    sampleStep: number,
    target: number,
  ): void;
  /** Makes one row for each sample, of neighbouring rows of `row` bytes each. */
  vertical(source: number, row: number, samples: number, samplesEnd: number, sampleStep: number, target: number): void;
}

/** Memory that a kernel and JavaScript share; it can only grow, by pages of 64 KiB, and then has another `buffer`. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used here of a global object that TypeScript knows for browsers only. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly host: { readonly memory: Memory } },
  ) => {
    readonly exports: unknown;
  };
};

/** Source: Pillow's `ImagingResampleHorizontal_8bpc` and `ImagingResampleVertical_8bpc` (libImaging/Resample.c). */
export function createKernel(): { readonly kernel: Kernel; readonly memory: Memory } {
  const memory = new WebAssembly.Memory({ initial: 0 });
  const module = new WebAssembly.Module(moduleOf([horizontal(), vertical()]));
  return { kernel: new WebAssembly.Instance(module, { host: { memory } }).exports as Kernel, memory };
}

const half = fourTimes(integer(1 << (WEIGHT_BITS - 1)));
const rounded = (sums: Code) => shiftFourRight(sums, WEIGHT_BITS);

/** The channels of a pixel are summed side by side. */
function horizontal(): WasmFunction {
  const own = {
    parameters: ['source', 'sourceEnd', 'row', 'pixel', 'samples', 'samplesEnd', 'sampleStep', 'target'],
    integers: ['sample', 'from', 'weight', 'weightsEnd'],
    vectors: ['sum'],
  };
  const { get, set } = variables(own);
  const advance = (name: string, by: Code) => set(name, add(get(name), by));
  const channels = firstHalves(firstBytes(loadFourBytes(get('from'))));
  const body = repeatWhile(
    isLess(get('source'), get('sourceEnd')),
    set('sample', get('samples')),
    repeatWhile(
      isLess(get('sample'), get('samplesEnd')),
      set('from', add(get('source'), load(get('sample')))),
      set('weight', add(get('sample'), integer(SAMPLE_HEAD))),
      set('weightsEnd', add(get('weight'), load(get('sample'), 4))),
      set('sum', half),
      repeatWhile(
        isLess(get('weight'), get('weightsEnd')),
        set('sum', addFour(get('sum'), multiplyFour(channels, loadFourTimes(get('weight'))))),
        advance('from', get('pixel')),
        advance('weight', integer(4)),
      ),
      set('sum', toHalves(rounded(get('sum')), get('sum'))),
      storeFourBytes(get('target'), toBytes(get('sum'), get('sum'))),
      advance('target', get('pixel')),
      advance('sample', get('sampleStep')),
    ),
    advance('source', get('row')),
  );
  return { name: 'horizontal', ...own, body: [body] };
}

/** Sixteen bytes of a row are summed side by side. */
function vertical(): WasmFunction {
  const sums = ['first', 'second', 'third', 'fourth'] as const;
  const own = {
    parameters: ['source', 'row', 'samples', 'samplesEnd', 'sampleStep', 'target'],
    integers: ['place', 'from', 'weight', 'weightsEnd'],
    vectors: ['bytes', 'weights', ...sums],
  };
  const { get, set } = variables(own);
  const advance = (name: string, by: Code) => set(name, add(get(name), by));
  const [first, last] = [firstBytes(get('bytes')), lastBytes(get('bytes'))];
  const quarters = [firstHalves(first), lastHalves(first), firstHalves(last), lastHalves(last)];
  const body = repeatWhile(
    isLess(get('samples'), get('samplesEnd')),
    set('place', integer(0)),
    repeatWhile(
      isLess(get('place'), get('row')),
      set('from', add(add(get('source'), load(get('samples'))), get('place'))),
      set('weight', add(get('samples'), integer(SAMPLE_HEAD))),
      set('weightsEnd', add(get('weight'), load(get('samples'), 4))),
      ...sums.map((sum) => set(sum, half)),
      repeatWhile(
        isLess(get('weight'), get('weightsEnd')),
        set('bytes', loadBytes(get('from'))),
        set('weights', loadFourTimes(get('weight'))),
        ...sums.map((sum, place) => set(sum, addFour(get(sum), multiplyFour(quarters[place]!, get('weights'))))),
        advance('from', get('row')),
        advance('weight', integer(4)),
      ),
      storeBytes(
        add(get('target'), get('place')),
        toBytes(
          toHalves(rounded(get('first')), rounded(get('second'))),
          toHalves(rounded(get('third')), rounded(get('fourth'))),
        ),
      ),
      advance('place', integer(16)),
    ),
    advance('target', get('row')),
    advance('samples', get('sampleStep')),
  );
  return { name: 'vertical', ...own, body: [body] };
}
