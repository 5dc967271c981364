/** Milliseconds since midnight of a local time such as `"09:00"`; `"24:00"` is the end of the day. */
export function timeOfDay(text: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a local time; write it as "09:00"`);
  return (Number(match[1]) * 60 + Number(match[2])) * 60_000;
}
