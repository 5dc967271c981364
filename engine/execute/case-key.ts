import type { Subject } from "../contract/subject.ts";
import type { Escalation } from "../definition/escalation.ts";
import type { Workflow } from "../definition/workflow.ts";
import { canonical } from "../words/json.ts";

/** The key of a workflow that names none: the same subject is not reviewed twice for the same period. */
const DEFAULT_KEY = ["subject", "period"];

/** A key as text, from its parts; or the parts that are not known. `subject` and `period` are the case's own, others are facts. */
export function keyText(
  parts: readonly string[],
  subject: Subject,
  period: string | null,
  part: (name: string) => unknown,
): { key: string; values: unknown[] } | { missing: string[] } {
  const values = parts.map((name) =>
    name === "subject" ? `${subject.kind}:${subject.id}` : name === "period" ? period : (part(name) ?? null),
  );
  const missing = parts.filter((_, n) => values[n] === null);
  return missing.length > 0 ? { missing } : { key: canonical(values), values };
}

/**
 * The key that makes a case unique among the open ones of its definition, as text; null for a ladder without one, which may
 * run several times about one subject. `part` answers for parts beside `subject` and `period` (a fact of the case).
 */
export function caseKey(
  definition: Workflow | Escalation,
  subject: Subject,
  period: string | null,
  part?: (name: string) => unknown,
): string | null {
  if (definition.kind === "escalation") return null;
  const parts = definition.key ?? DEFAULT_KEY;
  return canonical(
    parts.map((name) =>
      name === "subject" ? `${subject.kind}:${subject.id}` : name === "period" ? period : (part?.(name) ?? null),
    ),
  );
}
