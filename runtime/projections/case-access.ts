import type { Subject } from "#engine/contract/subject.ts";
import { Forbidden } from "../access/forbidden.ts";
import type { Policy } from "../access/policy.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { StoredCase } from "../store/cases-load.ts";
import { releasedFields, takesPart } from "../store/cases-read.ts";
import { readRecordSubjects } from "../store/record-subjects.ts";
import { participantsOf } from "./participants.ts";

/** What a reader is to a case. */
export interface Standing {
  /** `whole`: by relation or role. `part`: only since they have or had a task in it: outline and own task, no data. */
  level: "whole" | "part";
  /** Whether they may act on it for others: cancel, retry, hand over. */
  administers: boolean;
  /** Whom it is about, where that is a person. */
  about: string | null;
  /** The reader is whom it is about, and nothing more: what is not released is hidden. */
  onlySubject: boolean;
}

/** What of one case is open to one reader. */
export interface CaseAccess extends Standing {
  stored: StoredCase;
  released: ReadonlySet<string>;
}

/** Opens a case for a reader, or throws: `Refused` where there is none, `Forbidden` where it is not theirs to see. */
export async function accessCase(runtime: Runtime, reader: Reader, id: string): Promise<CaseAccess> {
  const stored = await runtime.desk.read(id);
  if (!stored) throw new Refused("not-found", "There is no such case.");
  const standing = await standingIn(runtime, reader, stored);
  return { ...standing, stored, released: await releasedFields(runtime.db, id) };
}

/**
 * What a reader is to a case that has been read already; throws `Forbidden` where it is not theirs to see. For people it asks
 * the database only when neither relation nor role opens the case and a task of theirs may.
 */
export async function standingIn(runtime: Runtime, reader: Reader, { state }: StoredCase): Promise<Standing> {
  const { id } = state;
  const { about, unit } = await aboutOf(runtime, state.subject);
  const { policy } = reader;
  const whole = seesWhole(reader, state.definition.kind, state.subject, about, unit);
  const takes = async (person: string) => sitsIn(state, reader, person) || takesPart(runtime.db, id, person);
  if (!whole && !(reader.personId !== null && (await takes(reader.personId)))) {
    throw new Forbidden("This case is not open to you. Being sent its address does not open it.", { kind: "case", id });
  }
  const onlySubject = about !== null && about === reader.personId && onlySelf(policy, about);
  return {
    level: whole ? "whole" : "part",
    // An HR partner's own case is another's to move and to correct.
    administers: administers(policy, about, unit) && !onlySubject,
    about,
    onlySubject,
  };
}

/** Whoever manages one of those whom a session is about sits in it. */
function sitsIn({ members }: StoredCase["state"], { policy }: Reader, person: string): boolean {
  return members !== undefined && participantsOf(members, policy.directory, policy.date).includes(person);
}

/** The same rule as `visibleCases` says in SQL, the tasks apart. */
function seesWhole(
  { policy, personId }: Reader,
  kind: "workflow" | "escalation",
  subject: Subject,
  about: string | null,
  unit: string | null,
): boolean {
  if (policy.people() === "all" || policy.units() === "all") return true;
  if (about !== null) return policy.seesPerson(about) && (kind === "workflow" || about !== personId);
  return (subject.kind === "unit" || subject.kind === "record") && unit !== null && policy.seesUnit(unit);
}

function administers(policy: Policy, about: string | null, unit: string | null): boolean {
  return policy.administersAll || (about === null ? policy.administersUnit(unit) : policy.administersPerson(about));
}

/** Whether the reader is nothing to the person but that person: a manager of their own area stays its subject. */
function onlySelf(policy: Policy, about: string): boolean {
  const relations = policy.relations(about);
  return !relations.has("hr-admin");
}

async function aboutOf(runtime: Runtime, subject: Subject): Promise<{ about: string | null; unit: string | null }> {
  if (subject.kind === "person") return { about: subject.id, unit: null };
  if (subject.kind === "unit") return { about: null, unit: subject.id };
  if (subject.kind !== "record") return { about: null, unit: null };
  const record = (await readRecordSubjects(runtime.db, [subject])).get(`${subject.type ?? ""}/${subject.id}`);
  return { about: record?.about ?? null, unit: record?.unit ?? null };
}
