import { Option, type Command } from 'commander';
import { UserError } from '../contract/errors.ts';
import type { Subject } from '../contract/task.ts';
import { dataReference } from './dataReference.ts';
import type { CommonOptions } from './session.ts';
import { number } from './values.ts';

export interface ImageSizeOptions extends CommonOptions {
  readonly data?: string;
  readonly imageSize?: [number, number];
  readonly channels?: number;
}

/** Adds the options that say what images a network is for, where nothing else says it. */
export function addImageSizeOptions(command: Command): Command {
  const options = [
    new Option('--data <name>', 'for the images and classes of this data set'),
    new Option('--image-size <pixels>', 'for images of this height and width: 32 or 32x40 (default: 32)').argParser(
      sides,
    ),
    new Option('--channels <n>', 'for images with so many channels (default: those of the weights, else 3)').argParser(
      number,
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup('Network:'));
  return command;
}

/** Adds to a network named by `--arch` what images it is for. A run's are known. */
export async function withImages(subject: Subject, options: ImageSizeOptions): Promise<Subject> {
  const { data, imageSize, channels } = options;
  if (subject.kind === 'run' || (data === undefined && imageSize === undefined && channels === undefined))
    return subject;
  const known =
    data === undefined
      ? { height: 32, width: 32, channels: 3, classes: undefined }
      : (await dataReference(data, options)).info.input;
  const [height, width] = imageSize ?? [known.height, known.width];
  const classes = subject.classes ?? (subject.weights === undefined ? known.classes : undefined);
  return {
    ...subject,
    images: { height, width, channels: channels ?? known.channels },
    ...(classes === undefined ? {} : { classes }),
  };
}

/** `32` -> [32, 32], `32x40` -> [32, 40] */
function sides(text: string): [number, number] {
  const match = /^(\d{1,5})(?:x(\d{1,5}))?$/.exec(text);
  if (match) return [Number(match[1]), Number(match[2] ?? match[1])];
  throw new UserError({
    code: 'bad-input',
    message: `${text} is no size of an image`,
    where: '--image-size',
    hint: 'Give a number of pixels, 32, or height and width, 32x40',
  });
}
