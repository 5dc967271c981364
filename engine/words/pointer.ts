/** Builds a JSON Pointer (RFC 6901) from its segments: `pointer("steps", "a/b", 0)` is `/steps/a~1b/0`. */
export function pointer(...segments: ReadonlyArray<string | number>): string {
  return segments.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The segments of a JSON Pointer, unescaped; the empty pointer has none. */
export function segments(path: string): string[] {
  if (path === "") return [];
  return path
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
