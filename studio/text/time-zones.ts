/**
 * The time zones to choose from. A browser lists each zone under one name only, and not always the one in use
 * (`Asia/Calcutta` for `Asia/Kolkata`): a written one that it understands is among them too.
 */
export function timeZones(written: unknown): { value: string; label: string }[] {
  const listed = Intl.supportedValuesOf("timeZone");
  const all =
    typeof written === "string" && !listed.includes(written) && isTimeZone(written) ? [written, ...listed] : listed;
  return all.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
