/** A stretch of calendar dates, half-open; an open end is null. ISO dates compare as text. */
export interface Dated {
  validFrom: string;
  validTo: string | null;
}

/** Whether a stretch holds on a date. */
export function validAt(dated: Dated, date: string): boolean {
  return dated.validFrom <= date && (dated.validTo === null || date < dated.validTo);
}

/** Collects values under keys, in the order they come. */
export function groupBy<Value, Key>(values: Iterable<Value>, keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
