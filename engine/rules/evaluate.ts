import { IssuesError } from "../words/issue.ts";
import { canonical } from "../words/json.ts";
import { type CompileRulesOptions, compileRules, type Facts, type RulesOutcome } from "./compile.ts";

/** What the rules said, and which of the two evaluators said it. */
export interface EvaluatedRules extends RulesOutcome {
  /** `json-rules-engine` where a fact answered later, which compiled rules cannot wait for. */
  evaluatedBy: "compiled" | "json-rules-engine";
}

/**
 * Evaluates rules whose facts may be functions that answer at once or later. The compiled rules answer where all facts are
 * there; where one answers later the library does, with the same meaning, and the result says so. Each fact is asked at most
 * once a run for the same params, however many conditions read it, and by both evaluators together.
 * Rejects with IssuesError for what is refused, and for a fact that fails.
 */
export async function evaluate(
  rules: unknown,
  facts: Facts,
  options: CompileRulesOptions = {},
): Promise<EvaluatedRules> {
  const asked = memoised(facts);
  const run = compileRules(rules, options);
  try {
    return { ...run(asked), evaluatedBy: "compiled" };
  } catch (cause) {
    if (!(cause instanceof IssuesError) || !cause.issues.some(({ code }) => code === "asynchronous-fact")) throw cause;
  }
  const { evaluateRules } = await import("./reference.ts");
  const { trace: _trace, using: _using, ...shared } = options;
  return { ...(await evaluateRules(rules, asked, shared)), evaluatedBy: "json-rules-engine" };
}

/** The facts, those that are functions asked once for the same params. */
function memoised(facts: Facts): Facts {
  const known = new Map<string, unknown>();
  const once = (name: string, ask: (params: unknown) => unknown) => (params: unknown) => {
    const key = `${JSON.stringify(name)}${canonical(params ?? {})}`;
    if (!known.has(key)) known.set(key, ask(params));
    return known.get(key);
  };
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === "function" ? once(name, value as (params: unknown) => unknown) : value,
    ]),
  );
}
