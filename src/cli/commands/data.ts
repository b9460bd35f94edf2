import { Argument, type Command } from 'commander';
import { resolve } from 'node:path';
import { PublishedName, type DataAddition, type DataSetInfo } from '../../contract/data.ts';
import { followAddition, type Addition } from '../addData.ts';
import { bytes, table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { addCommonOptions, open, withApi, type CommonOptions } from '../session.ts';
import { number } from '../values.ts';

const ADD_HELP = `
What can be added: the CIFAR archives (.tar.gz, binary or Python version), the files of MNIST and Fashion-MNIST, NPZ and NPY
arrays, Parquet files of images, and folders of JPEG, PNG or WebP pictures with a folder for each class, within train/ and
val/ or split by seed. The kind is recognised by its content. Nothing is unpacked, and nothing in it is run.

Examples:
  depthlab data add cifar-10-binary.tar.gz
  depthlab data add /data/imagenet --name imagenet
  depthlab data add flowers/ --size 64 --test-share 0.2`;

export function addDataCommand(program: Command): void {
  const data = program.command('data').description('the data sets that networks are trained on');
  addCommonOptions(data.command('list').description('all data sets').action(list));
  addCommonOptions(
    data
      .command('show')
      .description('what is known of one data set')
      .addArgument(new Argument('<name>', 'as "data list" shows it'))
      .action(show),
  );
  addCommonOptions(
    addChoices(
      data
        .command('add')
        .description('read a file, a folder or an address into a data set')
        .addArgument(new Argument('<path>', 'file, folder, or http address of a file'))
        .option('--size <pixels>', 'side that pictures are cropped to (default: 224)', number)
        .option('--test-share <f>', 'where it has no test images: share that is split off (default: 0.1)', number)
        .option('--split-seed <n>', 'seed of that split (default: 0)', number)
        .option('--no-flip', 'a mirrored image would be another class: no mirror images in augmentation')
        .addHelpText('after', ADD_HELP)
        .action(add),
    ),
  );
  addSynthetic(data);
  addCommonOptions(
    data
      .command('get')
      .description('download a published data set from its authors, and add it')
      .addArgument(new Argument('<name>', 'data set').choices(PublishedName.options))
      .option('--name <name>', 'name to keep it under (default: its own)')
      .action(get),
  );
  addCommonOptions(
    data
      .command('remove')
      .description('forget a data set and delete the files made of it; the source stays')
      .addArgument(new Argument('<name>', 'as "data list" shows it'))
      .action(remove),
  );
}

function addChoices(command: Command): Command {
  return command
    .option('--name <name>', 'name in commands (default: from its kind or file name)')
    .option('--title <text>', 'title in the window (default: from its kind or file name)');
}

function addSynthetic(data: Command): void {
  addCommonOptions(
    addChoices(
      data
        .command('synthetic')
        .description('make images by a formula from a seed, for benchmarks and tests')
        .option('--images <n>', 'training images (default: 10000)', number)
        .option('--test-images <n>', 'test images (default: 2000)', number)
        .option('--size <pixels>', 'height and width (default: 32)', number)
        .option('--channels <n>', '1 or 3 (default: 3)', number)
        .option('--classes <n>', 'number of classes (default: 10)', number)
        .option('--noise <f>', 'deviation of the noise, from 0 to 1 (default: 0.2)', number)
        .option('--seed <n>', 'seed (default: 0)', number)
        .addHelpText('after', '\nExample:\n  depthlab data synthetic --images 50000 --classes 100 --name synthetic100')
        .action(synthetic),
    ),
  );
}

async function list(options: CommonOptions): Promise<void> {
  const sets = await withApi(options, (api) => api['data.list']({}));
  if (options.json) return printJson({ dataSets: sets });
  print(
    table(
      ['name', 'title', 'images', 'classes', 'training', 'test'],
      sets.map((set) => [
        set.name,
        set.title,
        sizeOf(set),
        String(set.input.classes),
        String(set.trainImages),
        String(set.testImages),
      ]),
    ),
  );
}

async function show(name: string, options: CommonOptions): Promise<void> {
  const { info, folder, files } = await withApi(options, (api) => api['data.get']({ name }));
  if (options.json) printJson({ ...info, folder, files });
  else
    print(
      describe(
        info,
        folder,
        files.reduce((sum, file) => sum + file.bytes, 0),
      ),
    );
}

interface ChoiceOptions extends CommonOptions {
  readonly name?: string;
  readonly title?: string;
}

interface AddOptions extends ChoiceOptions {
  readonly size?: number;
  readonly testShare?: number;
  readonly splitSeed?: number;
  readonly flip: boolean;
}

async function add(path: string, options: AddOptions): Promise<void> {
  const { name, title, size, testShare, splitSeed, flip } = options;
  const source = /^https?:\/\//i.test(path) ? { kind: 'url', url: path } : { kind: 'path', path: resolve(path) };
  const choices = { name, title, size, testShare, splitSeed, ...(flip ? {} : { flipAllowed: false }) };
  await addAndPrint({ source, ...choices }, options);
}

interface SyntheticOptions extends ChoiceOptions {
  readonly images?: number;
  readonly testImages?: number;
  readonly size?: number;
  readonly channels?: number;
  readonly classes?: number;
  readonly noise?: number;
  readonly seed?: number;
}

async function synthetic(options: SyntheticOptions): Promise<void> {
  const { name, title, size, images, testImages, channels, classes, noise, seed } = options;
  const drawn = { images, testImages, height: size, width: size, channels, classes, noise, seed };
  await addAndPrint({ source: { kind: 'synthetic', ...given(drawn) }, name, title }, options);
}

/** The contract checks every value. */
async function addAndPrint(request: Readonly<Record<string, unknown>>, options: CommonOptions): Promise<void> {
  await follow(
    options,
    (api) => (onValue, onError) => api['data.add'](given(request) as DataAddition, onValue, onError),
  );
}

async function get(name: PublishedName, options: ChoiceOptions): Promise<void> {
  const as = options.name === undefined ? {} : { as: options.name };
  await follow(options, (api) => (onValue, onError) => api['data.fetch']({ name, ...as }, onValue, onError));
}

async function follow(
  options: CommonOptions,
  addition: (api: Awaited<ReturnType<typeof open>>['api']) => Addition,
): Promise<void> {
  const application = await open(options);
  try {
    const info = await followAddition(addition(application.api), createProgress());
    if (options.json) return printJson(info);
    print(describe(info));
    print(`\nTrain on it: depthlab train --arch resnet_v2_20 --data ${info.name}`);
  } finally {
    await application.close();
  }
}

async function remove(name: string, options: CommonOptions): Promise<void> {
  await withApi(options, (api) => api['data.remove']({ name }));
  if (options.json) printJson({ removed: name });
  else print(`Removed ${name}. What it was made from stays.`);
}

function describe(info: DataSetInfo, folder?: string, size?: number): string {
  const { classes, channels } = info.input;
  const perClass = (counts: readonly number[]) => {
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return least === most ? `${least} of each class` : `${least} to ${most} of a class`;
  };
  const rounded = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(', ');
  const names = info.classNames.slice(0, 20).join(', ');
  return [
    `${info.name}: ${info.title}`,
    table(
      ['', ''],
      [
        ['images', `${sizeOf(info)}, ${channels === 1 ? 'grey' : `${channels} channels`}`],
        ['training', `${info.trainImages.toLocaleString('en')}, ${perClass(info.trainCounts)}`],
        ['test', `${info.testImages.toLocaleString('en')}, ${perClass(info.testCounts)}`],
        ['split', info.split],
        [`${classes} classes`, classes > 20 ? `${names}, ...` : names],
        ['mean', `${rounded(info.mean)} of ${info.maxPixel}`],
        ['deviation', rounded(info.std)],
        ['mirror images', info.flipAllowed ? 'allowed in augmentation' : 'would be of another class'],
        ['source', info.source],
        ['licence', info.licence === '' ? 'not known' : info.licence],
        ...(folder === undefined ? [] : [['files', `${bytes(size ?? 0)} in ${folder}`]]),
      ],
    ).replace(/^\s*\n/, ''),
    ...info.notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

function sizeOf({ input, storage }: DataSetInfo): string {
  const size = `${input.height}x${input.width}`;
  return storage === 'pixels' ? size : `pictures, cropped to ${size}`;
}

/** Without what was not given. */
function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
