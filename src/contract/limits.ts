/** Limits that several messages share. Each schema that uses one says what it limits. */
export const MAX_NAME_LENGTH = 200;
export const MAX_NOTES_LENGTH = 20_000;
export const MAX_TAGS = 50;
