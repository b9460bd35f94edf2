/** What the thread that reads a Parquet file is asked for: rows from `first` to before `end` of two columns. */
export interface RowsWanted {
  readonly image: string;
  readonly label: string;
  readonly first: number;
  readonly end: number;
}

/** A row; null where the column holds no whole number, or no bytes. */
export interface ParquetRow {
  readonly label: number | null;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** What is in a file's footer. */
export interface ParquetFacts {
  /** Of all columns, the parts of structures included. */
  readonly names: readonly string[];
  /** Rows of each row group. */
  readonly rowGroups: readonly number[];
  /** What Hugging Face notes in it, as JSON. */
  readonly notes: string | null;
}

export type FromParquetThread =
  | { readonly type: 'opened'; readonly facts: ParquetFacts }
  | { readonly type: 'rows'; readonly rows: readonly ParquetRow[] }
  | { readonly type: 'failed'; readonly message: string };
