import { v7 } from "uuid";
import { freshContext } from "#engine/compile/context.ts";
import type { Subject } from "#engine/contract/subject.ts";
import { caseKey } from "#engine/execute/case-key.ts";
import { caseFacts } from "#engine/execute/facts.ts";
import { headOf } from "#engine/execute/head.ts";
import type { StartEvent } from "#engine/execute/journal.ts";
import type { Joining } from "#engine/execute/members.ts";
import { needs } from "#engine/execute/needs.ts";
import type { Outcome } from "#engine/execute/outcome.ts";
import { start } from "#engine/execute/start.ts";
import type { World } from "#engine/execute/world.ts";
import type { Json } from "#engine/words/json.ts";
import { announcements } from "./announce.ts";
import type { Bundle } from "./bundle.ts";
import { refusedBy, together } from "./handle.ts";
import { Refused } from "./refused.ts";
import type { Runtime } from "./runtime.ts";
import type { Along } from "./work.ts";

/** A case that is to begin. */
export interface Opening {
  subject: Subject;
  period: string | null;
  trigger: Record<string, Json>;
  data: Record<string, Json>;
  by: string | null;
  /** The effect that started it, and the case behind it if there is one. */
  origin?: { caseId: string | null; effect: string };
  /** Whether its end is answered to the origin. */
  answers?: boolean;
  /** The key, where the caller has one; null for none; else the definition's. */
  key?: string | null;
  /** Of a case that many share: who asks for it first. */
  members?: Joining[];
  /** It stands still with the case that began it. */
  haltedWith?: { reason: string };
}

/** A new case's id: UUIDv7, in the order of domain time. */
export const newCaseId = (now: number): string => v7({ msecs: now });

/** A case prepared and not yet committed. */
export interface Prepared {
  caseId: string;
  key: string | null;
  outcome: Outcome;
  opening: Opening;
}

/** The worlds of openings, read together. */
export async function openingWorlds(
  runtime: Runtime,
  bundle: Bundle,
  openings: readonly Opening[],
  now: number,
): Promise<World[]> {
  return runtime.worlds.ofMany(
    openings.map((opening) => ({
      compiled: bundle.compiled,
      subject: opening.subject,
      openedAt: now,
      needs: needs(bundle.compiled, null, eventOf(bundle, opening, "new", null)),
    })),
    now,
  );
}

/** The key that a case of this bundle would have; null where it has none. */
export function keyOf(bundle: Bundle, opening: Opening, world: World, now: number): string | null {
  if (opening.key !== undefined) return opening.key;
  const head = headOf(bundle.compiled, { ...opening, id: "new", openedAt: now });
  const read = caseFacts(head, freshContext(opening.data), world, now);
  return caseKey(bundle.compiled.definition, opening.subject, opening.period, (name) => read(name));
}

/** Starts a case in memory. Throws `Refused` where the engine refuses. */
export function prepare(bundle: Bundle, opening: Opening, key: string | null, world: World, now: number): Prepared {
  const caseId = newCaseId(now);
  const { type: _type, ...request } = eventOf(bundle, opening, caseId, key);
  const outcome = start(bundle.compiled, request, world, now);
  if (!outcome.ok) throw refusedBy(outcome);
  return { caseId, key, outcome, opening };
}

/** Commits a prepared case together with what goes along; resolves when it is on disk. */
export function open(
  runtime: Runtime,
  bundle: Bundle,
  prepared: Prepared,
  along: Along = {},
  bulk = false,
): Promise<void> {
  const { outcome, opening } = prepared;
  return runtime.desk.decide(
    prepared.caseId,
    () => ({
      outcomes: [outcome],
      frame: { bundle: bundle.hash, parent: opening.origin ?? null },
      along: together(along, { outbox: announcements(runtime.catalogue, [outcome]) }),
      answer: undefined,
    }),
    { isNew: true, bulk },
  );
}

/** Refuses a subject that the definition is not about, or that does not exist. */
export function checkSubject(bundle: Bundle, subject: Subject, world: World): void {
  const about = bundle.compiled.definition.subject;
  const kind = subject.kind === "record" ? (subject.type ?? "record") : subject.kind;
  // An escalation about a late review is about the review's subject, whatever that is.
  if (bundle.kind === "workflow" && about !== kind && about !== subject.kind) {
    throw new Refused("bad-input", `"${bundle.title}" is about a ${about}, not about a ${kind}.`);
  }
  const { directory } = world;
  const known =
    subject.kind === "person"
      ? directory.person(subject.id) !== undefined
      : subject.kind === "unit"
        ? directory.unit(subject.id) !== undefined
        : subject.kind === "record"
          ? world.subject(subject) !== undefined
          : true;
  if (!known) throw new Refused("not-found", `There is no ${kind} "${subject.id}".`);
}

function eventOf(bundle: Bundle, opening: Opening, caseId: string, key: string | null): StartEvent {
  const { origin } = opening;
  return {
    type: "start",
    caseId,
    definition: {
      kind: bundle.kind,
      id: bundle.id,
      version: bundle.version,
      hash: bundle.compiled.hash,
    },
    subject: opening.subject,
    period: opening.period,
    key,
    trigger: opening.trigger,
    data: opening.data,
    parent: opening.answers && origin?.caseId ? { caseId: origin.caseId, effect: origin.effect } : null,
    ...(opening.members ? { members: opening.members } : {}),
    ...(opening.haltedWith ? { haltedWith: opening.haltedWith } : {}),
    by: opening.by,
  };
}
