import * as v from 'valibot';

/** A whole number between two others; `name` begins the sentence that says what is wrong. */
export const wholeNumber = (name: string, minimum: number, maximum: number) =>
  v.pipe(
    v.number(`${name} is a number`),
    v.integer(`${name} is a whole number`),
    v.minValue(minimum, `${name} is at least ${minimum}`),
    v.maxValue(maximum, `${name} is at most ${maximum}`),
  );
