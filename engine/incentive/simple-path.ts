const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^'\\]*)'\]/y;

/**
 * The steps of a simple path: `$.a.b[0]['c d']` is `["a", "b", 0, "c d"]`; undefined where the path uses more of JSONPath
 * (filters, wildcards, recursion), which a plan may not.
 */
export function simplePath(path: string): (string | number)[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return undefined;
    steps.push(match[2] === undefined ? (match[1] ?? match[3] ?? "") : Number(match[2]));
  }
  return steps;
}

/** The value that a simple path names inside a value, or undefined; only own members count. */
export function valueAt(value: unknown, path: string | undefined): unknown {
  if (path === undefined) return value;
  const steps = simplePath(path);
  if (!steps) return undefined;
  let here = value;
  for (const step of steps) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}
