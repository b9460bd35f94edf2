import type { DataSetInfo } from '../../../../contract/data.ts';
import { formatCount } from '../../format.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What is known of a data set, in the order in which one asks. */
export function dataFacts(dataSet: DataSetInfo): Fact[] {
  const { input, trainImages, testImages, classNames, split, flipAllowed, source, licence } = dataSet;
  const { height, width, channels } = input;
  const size = `${width} × ${height} pixels, ${channels === 1 ? 'grey' : `${channels} channels`}`;
  return [
    { name: 'Images', value: dataSet.storage === 'pixels' ? size : `Pictures, cropped to ${size}` },
    { name: 'Training', value: `${formatCount(trainImages)} images` },
    { name: 'Test', value: `${formatCount(testImages)} images` },
    { name: 'Split', value: split },
    { name: 'Classes', value: formatCount(classNames.length) },
    { name: 'Mean', value: ofEach(dataSet.mean) },
    { name: 'Deviation', value: ofEach(dataSet.std) },
    {
      name: 'Augmentation',
      value: flipAllowed
        ? 'Random crops and mirror images'
        : 'Random crops only: a mirror image would be another class',
    },
    { name: 'Source', value: source },
    ...(licence === '' ? [] : [{ name: 'Licence', value: licence }]),
    { name: 'Name in commands', value: dataSet.name },
    ...dataSet.notes.map((note) => ({ name: 'Note', value: note })),
  ];
}

/** A value for each channel, in pixel values. */
function ofEach(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(', ');
}
