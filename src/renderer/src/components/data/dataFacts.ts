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
  return [
    { name: 'Images', value: `${width} × ${height} pixels, ${channels === 1 ? 'grey' : `${channels} channels`}` },
    { name: 'Training', value: `${formatCount(trainImages)} images` },
    { name: 'Test', value: `${formatCount(testImages)} images` },
    { name: 'Split', value: split },
    { name: `${classNames.length} classes`, value: classNames.join(', ') },
    {
      name: 'Augmentation',
      value: flipAllowed
        ? 'Random crops and mirror images'
        : 'Random crops only: a mirror image would be another class',
    },
    { name: 'Source', value: source },
    { name: 'Licence', value: licence },
    { name: 'Name in commands', value: dataSet.name },
  ];
}
