import * as v from 'valibot';
import { DataImport, DataName, DataReference, DataSamples, ImportedDataSet, WorkProgress } from './data.ts';
import { UserErrorData } from './errors.ts';
import { IdentityChoices, IdentityReport } from './identity.ts';
import { LossSurface, LossSurfaceChoices } from './lossSurface.ts';
import { Measurement } from './measurement.ts';
import { NetworkInput, NetworkRequest, NetworkSpec } from './network.ts';
import { wholeNumber } from './numbers.ts';
import { TrainingRecipe } from './recipe.ts';
import { Id } from './run.ts';

/**
 * Tasks: one question to a process of its own, which answers and exits. File names in a task are the user's own.
 */

const File = v.pipe(v.string(), v.minLength(1, 'A file has a name'));

/** Of one image, in pixels. */
export const ImageSize = v.omit(NetworkInput, ['classes']);
export type ImageSize = v.InferOutput<typeof ImageSize>;

/** A network with its weights: a recorded run's, or one by its name with weights from a file or a seed. */
export const Subject = v.variant('kind', [
  v.strictObject({
    kind: v.literal('run'),
    runId: Id,
    network: NetworkSpec,
    input: NetworkInput,
    /** How it dropped branches, which evaluation scales them by. */
    stochasticDepth: TrainingRecipe.entries.stochasticDepth,
    /** What it was trained on, which says how pixels are scaled; left out where it is no longer there. */
    data: v.optional(DataReference),
    checkpoint: v.strictObject({ step: v.number(), file: File, sha256: v.string() }),
  }),
  v.strictObject({
    kind: v.literal('network'),
    network: NetworkRequest,
    /** Size of the images; left out: those of the task, else as the weights say, else 32x32 in three colours. */
    images: v.optional(ImageSize),
    /** Left out: as many as the weights have; where they come from the seed 10, or 1000 in the ImageNet family. */
    classes: v.optional(NetworkInput.entries.classes),
    /** A safetensors file; left out: drawn from the seed. */
    weights: v.optional(File),
    seed: TrainingRecipe.entries.seed,
  }),
]);
export type Subject = v.InferOutput<typeof Subject>;

const Shape = v.array(v.number());

/** A parameter tensor's gradient, by the name that PyTorch has for the parameter. */
export const TensorGradient = v.strictObject({ name: v.string(), shape: Shape, norm: Measurement });
export type TensorGradient = v.InferOutput<typeof TensorGradient>;

export const GradientsResult = v.strictObject({
  network: v.string(),
  input: NetworkInput,
  images: v.number(),
  parameters: v.number(),
  loss: Measurement,
  globalNorm: Measurement,
  /** [images][classes] */
  logits: v.array(v.array(Measurement)),
  /** In depth order. */
  gradients: v.array(TensorGradient),
  file: File,
});
export type GradientsResult = v.InferOutput<typeof GradientsResult>;

/** `safetensors` with PyTorch's names and layouts, or a TensorFlow SavedModel (a folder) that serves. */
export const WeightsFormat = v.picklist(['safetensors', 'saved-model']);
export type WeightsFormat = v.InferOutput<typeof WeightsFormat>;

/** Where weights go: under the user's own name, or into a folder where the file is called by its SHA-256. */
export const WeightsPlace = v.variant('kind', [
  v.strictObject({ kind: v.literal('path'), path: File }),
  v.strictObject({ kind: v.literal('library'), folder: File }),
]);
export type WeightsPlace = v.InferOutput<typeof WeightsPlace>;

export const WeightsResult = v.strictObject({
  network: v.string(),
  input: NetworkInput,
  /** Of the run, where they are a run's. */
  step: v.nullable(v.number()),
  parameters: v.number(),
  /** Tensors with floating-point numbers: parameters and running averages. */
  tensors: v.number(),
  file: File,
  bytes: v.number(),
  sha256: v.string(),
});
export type WeightsResult = v.InferOutput<typeof WeightsResult>;

const Fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A share of images answered rightly, with its 95 % interval (Wilson). */
export const Accuracy = v.strictObject({
  count: v.number(),
  total: v.number(),
  fraction: Fraction,
  interval: v.tuple([Fraction, Fraction]),
});
export type Accuracy = v.InferOutput<typeof Accuracy>;

export const EvaluationResult = v.strictObject({
  network: v.string(),
  data: DataName,
  images: v.number(),
  /** The images as the network took them. */
  input: NetworkInput,
  /** Mean cross-entropy. */
  loss: Measurement,
  accuracy: Accuracy,
  /** One for each class that has images. */
  classes: v.array(v.strictObject({ name: v.string(), ...Accuracy.entries })),
});
export type EvaluationResult = v.InferOutput<typeof EvaluationResult>;

/** What a network says of one image, its classes by falling probability. */
export const Prediction = v.strictObject({
  file: File,
  /** Which of the file's images, from 0. */
  image: v.number(),
  classes: v.array(v.strictObject({ class: v.number(), name: v.string(), probability: Measurement })),
});
export type Prediction = v.InferOutput<typeof Prediction>;

export const PredictionResult = v.strictObject({
  network: v.string(),
  input: NetworkInput,
  predictions: v.array(Prediction),
});
export type PredictionResult = v.InferOutput<typeof PredictionResult>;

/** Every task by its name: what is asked and what is answered. */
export const tasks = {
  gradients: {
    request: v.strictObject({ subject: Subject, batch: File, out: File }),
    result: GradientsResult,
  },
  weights: {
    request: v.strictObject({ subject: Subject, format: WeightsFormat, to: WeightsPlace }),
    result: WeightsResult,
  },
  evaluate: {
    request: v.strictObject({
      subject: Subject,
      data: DataReference,
      /** Of pictures: the side that they are cropped to, in pixels; left out: that which the data set was added with. */
      size: v.optional(wholeNumber('The size', 8, 1024)),
    }),
    result: EvaluationResult,
  },
  /** Reads a data set into files in a folder of its name within `folder`. */
  importData: {
    request: v.strictObject({ import: DataImport, folder: File }),
    result: ImportedDataSet,
  },
  /** Training images taken at equal distances, as they are or changed as a recipe changes them. */
  sampleData: {
    request: v.strictObject({ data: DataReference, count: v.number(), recipe: v.nullable(TrainingRecipe) }),
    result: DataSamples,
  },
  predict: {
    request: v.strictObject({
      subject: Subject,
      files: v.pipe(v.array(File), v.minLength(1, 'There is at least one file of images')),
      /** A data set whose images are scaled as these are to be, and whose classes have names. */
      data: v.optional(DataReference),
    }),
    result: PredictionResult,
  },
  /** Whether the identity paths of a network's residual units are clean. */
  verifyIdentity: {
    request: v.strictObject({
      subject: Subject,
      /** Whose training images are taken; null: normal numbers. */
      data: v.nullable(DataReference),
      ...IdentityChoices.entries,
    }),
    result: IdentityReport,
  },
  /** A slice of the loss surface around a network's weights. */
  lossSurface: {
    request: v.strictObject({ subject: Subject, data: DataReference, ...LossSurfaceChoices.entries }),
    result: LossSurface,
  },
} as const;

export type TaskName = keyof typeof tasks;
export type TaskRequest<Name extends TaskName> = v.InferOutput<(typeof tasks)[Name]['request']>;
export type TaskResult<Name extends TaskName> = v.InferOutput<(typeof tasks)[Name]['result']>;

/** The one message to the process. `request` is checked against the task's own schema. */
export const ToTask = v.strictObject({
  task: v.picklist(Object.keys(tasks) as [TaskName, ...TaskName[]]),
  request: v.unknown(),
});
export type ToTask = v.InferOutput<typeof ToTask>;

/** Progress, where there is some to tell, and then its answer, after which it exits. */
export const FromTask = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), progress: WorkProgress }),
  v.strictObject({ type: v.literal('result'), result: v.unknown() }),
  v.strictObject({ type: v.literal('error'), error: UserErrorData }),
]);
export type FromTask = v.InferOutput<typeof FromTask>;
