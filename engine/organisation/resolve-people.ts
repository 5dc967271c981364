import { dateAt } from "../time/instant-text.ts";
import { zone } from "../time/zone.ts";
import type { PersonRef } from "../words/reference.ts";
import { type Found, findPeople, personOf } from "./find-people.ts";
import type { PeopleContext, Resolution } from "./resolution.ts";
import { standInFor } from "./stand-in.ts";

/** References inside references (`else` of `else`, a metric's owner that names a metric's owner) are followed this deep. */
const DEEPEST = 10;

/**
 * Finds the people that a reference means, as of the local date of `context.at` (in the subject's zone).
 *
 * People who have left, or are not known, are never found. An office (manager, role, queue, owner) is filled by a stand-in
 * while its holder is away (`standInFor`); what only the person can give is not. `except` takes people out, stand-ins too,
 * also from what `else` finds; `else` answers where nobody is left. Nobody at all is an empty list with the reason: the
 * caller blocks visibly, it never skips.
 */
export function resolvePeople(ref: PersonRef, context: PeopleContext): Resolution {
  return resolve(ref, context, new Map(), 0);
}

function resolve(
  ref: PersonRef,
  context: PeopleContext,
  outer: ReadonlyMap<string, string>,
  depth: number,
): Resolution {
  if (depth > DEEPEST) return { people: [], because: "references nested too deeply", skipped: [], onBehalf: [] };
  const date = dateOf(context);
  const refused = refusals(ref, context, outer, date, depth);
  const found = "metric" in ref ? ofMetric(ref.metric, context, date, depth) : findPeople(ref, context, date);
  const first = fill(found, context, refused, date);
  if (first.people.length > 0 || ref.else === undefined) return first;
  const other = resolve(ref.else, context, refused, depth + 1);
  return {
    ...other,
    because: `${other.because} (there is nobody as ${first.because})`,
    skipped: [...first.skipped, ...other.skipped],
  };
}

/** The local date of the instant, where the subject is. */
function dateOf(context: PeopleContext): string {
  const { directory, at } = context;
  const person = personOf("subject", context);
  return dateAt(at, zone(person === undefined ? directory.data.timeZone : directory.zoneOf(person)));
}

/** Everybody who may not be found, with the reason. Exceptions are the people themselves, wherever they are. */
function refusals(
  ref: PersonRef,
  context: PeopleContext,
  outer: ReadonlyMap<string, string>,
  date: string,
  depth: number,
): ReadonlyMap<string, string> {
  const refused = new Map([...outer, ...(context.shutOut ?? [])]);
  // An exception means the people themselves: it must not climb past those who are shut out anyway.
  const plain = { ...context, shutOut: undefined };
  for (const exception of ref.except ?? []) {
    const found =
      "metric" in exception ? ofMetric(exception.metric, plain, date, depth) : findPeople(exception, plain, date);
    for (const person of found.people) refused.set(person, `is excepted (${found.because})`);
  }
  return refused;
}

function ofMetric(which: "owner" | "steward", context: PeopleContext, date: string, depth: number): Found {
  const ref = which === "owner" ? context.metricOwner : context.metricSteward;
  if (!ref)
    return { people: [], because: `the metric's ${which}, which it does not name`, skipped: [], delegable: true };
  const because = `the metric's ${which}`;
  if ("metric" in ref) {
    const inner = depth < DEEPEST ? ofMetric(ref.metric, context, date, depth + 1) : undefined;
    return inner ?? { people: [], because: `${because}, who names itself`, skipped: [], delegable: true };
  }
  const found = findPeople(ref, context, date);
  return { ...found, because: `${because}: ${found.because}`, delegable: true };
}

/** Puts stand-ins in the place of those who are away, and takes out who may not be found. */
function fill(found: Found, context: PeopleContext, refused: ReadonlyMap<string, string>, date: string): Resolution {
  const { directory } = context;
  const people = new Set<string>();
  const resolution: Resolution = { people: [], because: found.because, skipped: [...found.skipped], onBehalf: [] };
  for (const person of new Set(found.people)) {
    const why = refusal(person, refused, context, date);
    if (why !== undefined) {
      resolution.skipped.push({ person, why });
      continue;
    }
    const standIn = found.delegable
      ? standInFor(person, date, directory, (candidate) => refusal(candidate, refused, context, date) === undefined)
      : { person };
    if (!standIn) {
      resolution.skipped.push({ person, why: "is away, and nobody up the line may act" });
      continue;
    }
    people.add(standIn.person);
    if (standIn.because === undefined) continue;
    resolution.onBehalf.push({ person: standIn.person, of: person, because: standIn.because });
    resolution.skipped.push({ person, why: "is away" });
    resolution.because += `; ${standIn.because}`;
  }
  resolution.people = [...people];
  return resolution;
}

function refusal(
  person: string,
  refused: ReadonlyMap<string, string>,
  { directory }: PeopleContext,
  date: string,
): string | undefined {
  const known = refused.get(person);
  if (known !== undefined) return known;
  if (!directory.person(person)) return "is not a known person";
  return directory.isHere(person, date) ? undefined : "has left";
}
