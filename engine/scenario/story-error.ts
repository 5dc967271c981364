/** A story that cannot be told as it is written (nobody of that name, no such date): its author's mistake, in a sentence. */
export class StoryError extends Error {}
