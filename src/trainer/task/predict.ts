import type { Prediction, TaskRequest, TaskResult } from '../../contract/task.ts';
import { openClassifier, type Classifier } from './classifier.ts';
import { openPictures, type PictureScale, type ReadyImages } from './pictures.ts';
import { pixelScaleOf, pixelScaleOfData } from './pixelScale.ts';
import { openSubject, type OpenSubject } from './subject.ts';

const FULL_PIXEL = 255;
const BATCH_SIZE = 64;

/** The classes of images, most probable first. */
export async function predict(request: TaskRequest<'predict'>): Promise<TaskResult<'predict'>> {
  const subject = openSubject(request.subject, 'evaluation');
  const data = request.data ?? (request.subject.kind === 'run' ? request.subject.data : undefined);
  const names = data?.info.classNames ?? [];
  const pictures = openPictures(subject.input, scaleFor(request, subject, data?.info.maxPixel ?? FULL_PIXEL));
  const classifier = openClassifier(subject);
  try {
    const predictions: Prediction[] = [];
    for (const file of request.files)
      predictions.push(...classify(classifier, await pictures.read(file), subject, names));
    return { network: subject.name, input: subject.input, predictions };
  } finally {
    classifier.close();
  }
}

function scaleFor(
  { subject: asked, data }: TaskRequest<'predict'>,
  subject: OpenSubject,
  maxPixel: number,
): PictureScale | null {
  const own = pixelScaleOf(asked, subject);
  const scale = own ?? (data === undefined ? null : pixelScaleOfData(data));
  return scale && { ...scale, maxPixel };
}

function classify(
  classifier: Classifier,
  { file, count, images }: ReadyImages,
  { input: { height, width, channels, classes } }: OpenSubject,
  names: readonly string[],
): Prediction[] {
  const size = height * width * channels;
  const predictions: Prediction[] = [];
  for (let first = 0; first < count; first += BATCH_SIZE) {
    const some = Math.min(BATCH_SIZE, count - first);
    const { probabilities } = classifier.classify(images.subarray(first * size, (first + some) * size), some);
    for (let image = 0; image < some; image += 1) {
      const row = [...probabilities.subarray(image * classes, (image + 1) * classes)];
      const ranked = row
        .map((probability, index) => ({ class: index, name: names[index] ?? String(index), probability }))
        .toSorted((left, right) => right.probability - left.probability);
      predictions.push({ file, image: first + image, classes: ranked });
    }
  }
  return predictions;
}
