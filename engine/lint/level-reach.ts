import type { Escalation } from "../definition/escalation.ts";
import type { Directory } from "../organisation/directory.ts";
import { reachable } from "../organisation/reachable.ts";
import type { PeopleContext } from "../organisation/resolution.ts";
import { resolvePeople } from "../organisation/resolve-people.ts";
import { dateAt } from "../time/instant-text.ts";
import { zone } from "../time/zone.ts";
import { type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { PersonRef } from "../words/reference.ts";

/** At most as many subjects are tried for each level. */
const TRIED = 300;
/** How many of those whom it does not reach are named. */
const NAMED = 5;

/**
 * Levels that today reach nobody, or only people without a channel: asked of the organisation as it is, for whomever a ladder
 * may be about, before it is published. References to facts of a case are not known beforehand and are left out.
 */
export function levelReach(escalation: Escalation, directory: Directory, at: number): Issue[] {
  const subjects = subjectsOf(escalation, directory, at);
  return escalation.levels.flatMap((level, index) => {
    const refs = level.notify ?? [];
    if (refs.length === 0 || subjects.length === 0 || refs.some(dependsOnCase)) return [];
    const missed = subjects.filter(({ subject }) => !reaches(refs, level.via ?? ["inbox"], subject, directory, at));
    if (missed.length === 0) return [];
    const where = pointer("levels", index, "notify");
    const names = missed.slice(0, NAMED).map(({ name }) => name);
    const more = missed.length > NAMED ? ` and ${missed.length - NAMED} more` : "";
    const whom = missed.length === subjects.length ? "" : ` for ${names.join(", ")}${more}`;
    const message = `"${level.title}" reaches nobody today${whom}: nobody is found, or nobody whom its channels reach.`;
    return [warning("level-reaches-nobody", where, message, "Say who else is told, or fill the office first.")];
  });
}

function dependsOnCase(ref: PersonRef): boolean {
  return "fact" in ref || "metric" in ref || (ref.else !== undefined && dependsOnCase(ref.else));
}

interface Tried {
  subject: PeopleContext["subject"];
  name: string;
}

/** Whom a ladder may be about: units, or people. */
function subjectsOf({ subject, trigger, levels }: Escalation, directory: Directory, at: number): Tried[] {
  const date = dateAt(at, zone(directory.data.timeZone));
  const named = levels.flatMap(({ notify }) =>
    (notify ?? []).flatMap((ref) => ("unitRole" in ref ? (ref.level ?? []) : [])),
  );
  const level = (trigger && "rule" in trigger ? trigger.level : undefined) ?? named[0];
  const all: Tried[] =
    subject === "unit"
      ? directory
          .units()
          .filter((unit) => level === undefined || unit.level === level)
          .map(({ id, title }) => ({ subject: { kind: "unit", id }, name: title }))
      : directory
          .people()
          .filter(({ id }) => directory.isHere(id, date) && directory.unitOf(id, date) !== undefined)
          .map(({ id, name }) => ({ subject: { kind: "person", id }, name }));
  const stride = Math.max(1, Math.ceil(all.length / TRIED));
  return all.filter((_, n) => n % stride === 0);
}

function reaches(
  refs: readonly PersonRef[],
  via: readonly ("inbox" | "email")[],
  subject: Tried["subject"],
  directory: Directory,
  at: number,
): boolean {
  const date = dateAt(at, zone(directory.data.timeZone));
  const shutOut = subject.kind === "person" ? new Map([[subject.id, "is the subject of the case"]]) : undefined;
  return refs.some((ref) =>
    resolvePeople(ref, { subject, at, directory, fact: () => undefined, ...(shutOut ? { shutOut } : {}) }).people.some(
      (person) => via.some((channel) => reachable(person, channel, date, directory).reachable),
    ),
  );
}
