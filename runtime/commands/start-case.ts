import type { CommandAnswer } from "#engine/contract/commands.ts";
import type { Subject } from "#engine/contract/subject.ts";
import { sessionOrigin } from "#engine/definition/session.ts";
import { parsePeriod } from "#engine/time/period.ts";
import type { Json } from "#engine/words/json.ts";
import { loadCases, openCasesByKey } from "../store/cases-load.ts";
import { answerOf, refuseWhenOverloaded } from "./handle.ts";
import { checkSubject, keyOf, type Opening, open, openingWorlds, prepare } from "./open-case.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** What starts one case by hand. */
export interface StartInput {
  workflow: string;
  /** A ladder may be started by hand too. */
  kind?: "workflow" | "escalation";
  subject: Subject;
  period?: string;
  with?: Record<string, Json>;
  key?: string;
}

export type StartAnswer = CommandAnswer & { existing: boolean };

/**
 * Starts one case, or answers with the open one that has the same key (`existing`). Throws `Refused`: not live, a subject
 * that does not exist, a period that is none.
 */
export async function startCase(runtime: Runtime, principal: Principal, input: StartInput): Promise<StartAnswer> {
  refuseWhenOverloaded(runtime);
  const { key: _key, ...body } = input;
  return runtime.keys.once<StartAnswer>(principal, input.key, { start: body }, async (remember) => {
    const now = runtime.clock.now();
    if (input.period !== undefined && !parsePeriod(input.period)) {
      throw new Refused(
        "bad-input",
        `"${input.period}" is not a period. Write 2026, 2026-H1, 2026-Q3, 2026-09 or 2026-W37.`,
      );
    }
    const kind = input.kind ?? "workflow";
    const bundle = await runtime.catalogue.current(kind, input.workflow);
    const opening: Opening = {
      subject: input.subject,
      period: input.period ?? null,
      trigger: kind === "escalation" ? (input.with ?? {}) : {},
      data: kind === "escalation" ? {} : (input.with ?? {}),
      by: principal.personId,
      // A session begun by hand waits for those who will ask for it.
      ...(sessionOrigin(input.workflow) ? { members: [] } : {}),
    };
    const [world] = await openingWorlds(runtime, bundle, [opening], now);
    checkSubject(bundle, opening.subject, world!);
    const caseKey = keyOf(bundle, opening, world!, now);
    const existing = await existingAnswer(runtime, bundle.id, caseKey);
    if (existing) return existing;
    const prepared = prepare(bundle, opening, caseKey, world!, now);
    const { state, entry } = prepared.outcome;
    const answer = { ...answerOf(state, entry.active), existing: false };
    const remembered = remember(answer);
    try {
      await open(runtime, bundle, prepared, remembered ? { remember: remembered } : {});
      return answer;
    } catch (cause) {
      if (!(cause instanceof Refused) || cause.code !== "already-open") throw cause;
      const other = await existingAnswer(runtime, bundle.id, caseKey);
      if (!other) throw cause;
      return other;
    }
  });
}

async function existingAnswer(
  runtime: Runtime,
  definition: string,
  key: string | null,
): Promise<StartAnswer | undefined> {
  if (key === null) return undefined;
  const id = (await openCasesByKey(runtime.db, definition, [key])).get(key);
  const stored = id === undefined ? undefined : (await loadCases(runtime.db, [id])).get(id);
  return stored && { ...answerOf(stored.state, stored.active), existing: true };
}
