import type { Subject } from "../contract/subject.ts";
import type { Shared } from "../steps/shapes.ts";
import type { Json } from "../words/json.ts";
import { recordingReader } from "./asking.ts";
import type { Carrying } from "./carrying.ts";
import { keyText } from "./case-key.ts";
import { titleOf } from "./draft.ts";
import { caseFacts } from "./facts.ts";
import type { Effect } from "./state.ts";

/** What is known of a shared case before it is looked for: its key, and the unit that the key names, if any. */
export interface SharedKey {
  key: string;
  unit: string | null;
}

/** The key by which a step finds its shared case, by the tape; undefined where a part is not known, and then the case blocks. */
export function sharedKey(step: string, shared: Pick<Shared, "key">, carrying: Carrying): SharedKey | undefined {
  const { tape, head, context, world, draft, said, compiled } = carrying;
  const found = tape.ask("value", `${step}.shared`, () => {
    const { read, facts } = recordingReader(caseFacts(head, context, world!, draft.now, said));
    const known = keyText(shared.key, head.subject, head.period, read);
    if ("missing" in known) return { answer: { missing: known.missing } as Json, facts: facts() };
    const unit = known.values.find((value) => typeof value === "string" && world!.directory.unit(value) !== undefined);
    return { answer: { key: known.key, unit: (unit as string | undefined) ?? null } as Json, facts: facts() };
  }) as unknown as SharedKey | { missing: string[] };
  if (!("missing" in found)) return found;
  draft.block(
    step,
    "missing-facts",
    `"${titleOf(compiled, step)}" is shared by ${found.missing.join(" and ")}, and that is not known.`,
  );
  return undefined;
}

/** Attaches this case to the open one with a key, or starts it; answers the effect that asks. */
export function share(
  step: string,
  opening: {
    definition: { kind: "workflow"; id: string };
    subject: Subject;
    data: Record<string, Json>;
    shared: Shared;
    key: string;
    waits: boolean;
  },
  { draft, head }: Carrying,
): string {
  const { definition, subject, data, shared, key, waits } = opening;
  const effect: Omit<Extract<Effect, { kind: "start-case" }>, "id"> = {
    kind: "start-case",
    step,
    definition,
    subject,
    period: head.period,
    with: data,
    key,
    answer: waits,
    shared: {
      ...(shared.within ? { withinMinutes: shared.within.minutes } : {}),
      members: [{ caseId: head.id, waits, subject: head.subject, data }],
    },
  };
  return draft.effect(effect);
}

/** What a session is about: the unit that its key names, else the organisation. Never one of those whose ratings it aligns. */
export const sessionSubject = ({ unit }: SharedKey): Subject =>
  unit === null ? { kind: "organisation", id: "organisation" } : { kind: "unit", id: unit };
