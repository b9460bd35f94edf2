import type { DataKind, WorkProgress } from '../../contract/data.ts';
import type { DecodedPicture } from '../decodePicture.ts';

/** An image as a reader finds it. */
export interface FoundImage {
  readonly part: 'train' | 'test';
  readonly label: number;
  /** Its bytes as the set's storage has them: pixels [height, width, channels], an encoded picture, or a picture's path. */
  readonly bytes: Uint8Array;
}

/** What is known of a set once all its images were read. */
export interface FoundFacts {
  readonly classNames: readonly string[];
  readonly split: string;
  readonly licence: string;
  readonly notes: readonly string[];
}

/** A source that was recognised, ready to be read once. */
export interface FoundSet {
  readonly kind: DataKind;
  /** What it is called where the user gives no other name. */
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly flipAllowed: boolean;
  readonly storage: FoundStorage;
  /** Yields each image once, in any order; every few images it gives the event loop a turn. Throws a `UserError`. */
  images(report: (progress: WorkProgress) => void): AsyncIterable<FoundImage>;
  /** To be asked after `images` has ended. */
  facts(): FoundFacts;
}

export type FoundStorage =
  | { readonly kind: 'pixels'; readonly height: number; readonly width: number; readonly channels: number }
  | {
      readonly kind: 'pictures';
      /** Side that they are cropped to. */
      readonly size: number;
      /** The folder that paths lead from; null where entries are the pictures themselves. */
      readonly root: string | null;
      /** Decodes an entry, for the statistics. */
      decode(entry: Uint8Array): Promise<DecodedPicture>;
    };

/** What a user may choose of a set that is read. */
export interface ReadChoices {
  readonly size?: number | undefined;
  readonly testShare: number;
  readonly splitSeed: number;
  /** How long a library may work on one piece of a file before the file counts as damaged. */
  readonly patienceMs: number;
}
