import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import type { EvaluationFrame } from "../compile/frame.ts";
import type { WayInfo } from "../compile/source-map.ts";
import type { FactReader } from "../rules/facts.ts";
import type { Json } from "../words/json.ts";
import type { Value } from "../words/reference.ts";
import { membersOf } from "./each-people.ts";
import { type CaseHead, caseFacts, type Said, valueIn } from "./facts.ts";
import type { FactRead } from "./journal.ts";
import type { Tape } from "./tape.ts";
import type { World } from "./world.ts";

/** The questions of one transition: a frame for the machine, and what it noted while it ran. */
export interface Asking {
  frame: EvaluationFrame;
  taken: WayInfo[];
  /** Ways that no author drew: an admin took the case there. */
  byHand: { from: string; to: string; event: string }[];
  exhausted: { step: string; event: string }[];
  /** Facts that kept a guard or a decision open, by step. */
  missing: Map<string, string[]>;
}

/** A reader that keeps what was read, for the journal. */
export function recordingReader(read: FactReader): { read: FactReader; facts: () => FactRead[] } {
  const seen = new Map<string, FactRead>();
  return {
    read: (fact, params) => {
      const value = read(fact, params);
      const key = params ? `${fact}\n${JSON.stringify(params)}` : fact;
      if (!seen.has(key)) {
        const known = value === undefined ? null : (value as Json);
        const asOf = known !== null && typeof known === "object" && !Array.isArray(known) ? known.asOf : undefined;
        seen.set(key, {
          fact,
          ...(params ? { params } : {}),
          value: known,
          ...(typeof asOf === "string" ? { asOf } : {}),
        });
      }
      return value;
    },
    facts: () => [...seen.values()],
  };
}

/**
 * Builds the frame of one transition. XState asks a guard more than once; each question is put once per context, since only a
 * new context can change the answer.
 */
export function askingFrame(
  compiled: Compiled,
  head: CaseHead,
  world: World | null,
  now: number,
  tape: Tape,
  said: Said | undefined,
  given: Record<string, Json> = {},
): Asking {
  const answered = new WeakMap<Context, Map<string, Json>>();
  const once = (context: Context, key: string, ask: () => Json): Json => {
    const known = answered.get(context) ?? new Map<string, Json>();
    answered.set(context, known);
    if (!known.has(key)) known.set(key, ask());
    return known.get(key)!;
  };
  const missing = new Map<string, string[]>();
  const decided = new Map<string, Record<string, Json>>();
  const taken: WayInfo[] = [];
  const exhausted: { step: string; event: string }[] = [];
  const noteMissing = (step: string, answer: Json) => {
    const open = answer !== null && typeof answer === "object" && !Array.isArray(answer) ? answer.missing : undefined;
    if (Array.isArray(open) && open.length > 0) missing.set(step, open.map(String));
  };
  const reader = (context: Context) => {
    if (!world) throw new Error("a replay asked for a fact that the journal does not hold");
    return recordingReader(caseFacts(head, context, world, now, said));
  };

  const frame: EvaluationFrame = {
    now,
    holds: (way, context) =>
      once(context, way.key, () => {
        const verdict = tape.ask("verdict", way.key, () => {
          const { read, facts } = reader(context);
          const guard = compiled.guards.get(way.key)!;
          const result = guard.test(read);
          const open = result === "not evaluated" ? guard.missing(read).map((use) => use.fact) : [];
          return { answer: result === "not evaluated" ? { missing: open } : result, facts: facts() };
        });
        noteMissing(way.from, verdict);
        return verdict;
      }) === true,
    decide: (step, context) => {
      const answer = once(context, step, () => {
        const decided = tape.ask("decision", step, () => {
          const { read, facts } = reader(context);
          const decision = compiled.decisions.get(step)!.compiled.decide(read);
          const { winner } = decision;
          return {
            answer: {
              outcome: decision.blocked ? "blocked" : decision.outcome,
              rule: winner?.rule ?? null,
              params: (winner?.event.params ?? {}) as Json,
              missing: decision.missing.map((use) => use.fact),
            },
            facts: facts(),
          };
        });
        noteMissing(step, decided);
        return decided;
      }) as { outcome: string; params: Record<string, Json> };
      decided.set(step, answer.params);
      return answer.outcome;
    },
    values: (key, set, context) =>
      tape.ask("value", key, () => {
        const { read, facts } = reader(context);
        const entries = Object.entries(set).map(([name, value]: [string, Value]) => [
          name,
          valueIn(value, head, world!, read, now),
        ]);
        return { answer: Object.fromEntries(entries) as Json, facts: facts() };
      }) as Record<string, Json>,
    members: (step, context) =>
      (
        tape.ask("people", `${step}.each`, () => {
          if (!world) throw new Error("a replay asked for people that the journal does not hold");
          const question = { head, context, world, now, actor: said?.by ?? null, said };
          const { people, because } = membersOf(compiled, step, question);
          return { answer: { people, because }, because };
        }) as { people: string[] }
      ).people,
    member: (step) => (said?.step === step ? said.member : undefined),
    took: (way) => taken.push(way),
    exhausted: (step, event) => exhausted.push({ step, event }),
    given: () => given,
    answered: (step) => {
      const params = decided.get(step);
      if (params) return { by: null, answers: params };
      if (said?.step !== step) return undefined;
      const { step: _, member: __, ...rest } = said;
      return rest;
    },
  };
  return { frame, taken, byHand: [], exhausted, missing };
}
