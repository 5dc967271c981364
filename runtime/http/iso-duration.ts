const PARTS =
  /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** The instant an ISO 8601 duration after another, counted in UTC (`P2D`, `PT90M`, `P1Y2M`); undefined for other text. */
export function afterIsoDuration(from: number, text: string): number | undefined {
  const match = PARTS.exec(text);
  if (!match) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const start = new Date(from);
  const moved = new Date(from);
  moved.setUTCMonth(moved.getUTCMonth() + years * 12 + months);
  // 31 January and a month is 28 February, not 3 March.
  if (moved.getUTCDate() !== start.getUTCDate()) moved.setUTCDate(0);
  const at = moved.getTime() + ((weeks * 7 + days) * 24 + hours) * 3_600_000 + minutes * 60_000 + seconds * 1_000;
  return Number.isSafeInteger(Math.round(at)) ? Math.round(at) : undefined;
}
