import { readDefinition } from "../store/definitions-read.ts";
import { createDefinition } from "./draft.ts";
import { publishDefinition } from "./publish-definition.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** The order in which kinds refer to each other, as far as there is one. */
const ORDER = [
  "calendar",
  "record-type",
  "metric",
  "parameters",
  "scorecard",
  "form",
  "ruleset",
  "plan",
  "escalation",
  "workflow",
  "cadence",
];

/**
 * Creates and publishes documents that refer to each other, as versions that follow their drafts at once; documents that
 * exist are left as they are. What refers to a document that comes later is tried again after it. Throws the last refusal
 * where some cannot be published in any order.
 */
export async function publishAll(
  runtime: Runtime,
  principal: Principal,
  sources: readonly string[],
  note: string,
): Promise<{ kind: string; id: string }[]> {
  const heads = sources.map((source) => ({ source, ...(JSON.parse(source) as { kind: string; id: string }) }));
  let left = heads.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const published: { kind: string; id: string }[] = [];
  while (left.length > 0) {
    const later: typeof left = [];
    let refusal: Refused | undefined;
    for (const head of left) {
      try {
        if (await publishOne(runtime, principal, head, note)) published.push({ kind: head.kind, id: head.id });
      } catch (cause) {
        if (!(cause instanceof Refused) || cause.code !== "has-problems") throw cause;
        refusal = cause;
        later.push(head);
      }
    }
    if (later.length === left.length && refusal) {
      const first = refusal.issues[0];
      throw new Refused(
        "has-problems",
        `${later.map(({ kind, id }) => `${kind} ${id}`).join(", ")} cannot be published: ${first?.path ?? ""} ${first?.message ?? refusal.message}`,
        { issues: refusal.issues },
      );
    }
    left = later;
  }
  return published;
}

async function publishOne(
  runtime: Runtime,
  principal: Principal,
  { kind, id, source }: { kind: string; id: string; source: string },
  note: string,
): Promise<boolean> {
  const known = await readDefinition(runtime.db, kind, id);
  if (known?.liveVersion != null) return false;
  const row = known ?? (await createDefinition(runtime, principal, source));
  await publishDefinition(runtime, principal, kind, id, { note, expectedRevision: row.revision });
  return true;
}
