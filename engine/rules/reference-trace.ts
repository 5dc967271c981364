import type { Trace } from "./frame.ts";

interface Evaluated {
  all?: Evaluated[];
  any?: Evaluated[];
  not?: Evaluated;
  result?: boolean;
  factResult?: unknown;
  valueResult?: unknown;
}

/** The leaves that json-rules-engine really evaluated, by pointer into the rule's conditions. */
export function referenceTrace(conditions: unknown): Trace {
  const trace: Trace = {};
  collect(conditions as Evaluated, "", trace);
  return trace;
}

function collect(condition: Evaluated, at: string, trace: Trace): void {
  const kind = (["any", "all", "not"] as const).find((key) => Object.hasOwn(condition, key));
  if (kind === "not") collect(condition.not as Evaluated, `${at}/not`, trace);
  else if (kind)
    for (const [index, member] of (condition[kind] ?? []).entries()) collect(member, `${at}/${kind}/${index}`, trace);
  else if (Object.hasOwn(condition, "factResult")) {
    trace[at] = { r: condition.result, f: condition.factResult, v: condition.valueResult };
  }
}
