import type { Company } from "../definition/company.ts";
import type { Directory } from "../organisation/directory.ts";
import type { Json } from "../words/json.ts";

const NAMES =
  "Alex Bo Charlie Devi Eli Femi Gil Hao Inu Jo Kim Lou Max Nia Ola Pat Quinn Robin Sam Toni Uma Val Win Yuri Zoe".split(
    " ",
  );

/** A part of an organisation under made-up names. */
export interface Recast {
  company: Company;
  /** The made-up id of each person in it, by their own. */
  ids: ReadonlyMap<string, string>;
}

/**
 * The part of an organisation that a simulation touched, as of a date: those people, the managers above them, the heads of their
 * units, and nobody's name, address, pay or imported fields. A story keeps a structure, not people.
 * @param people ids of those who had something to do, were told something, or are what it is about
 * @param units units that it is about beside those that they work in
 */
export function recast(directory: Directory, people: Iterable<string>, units: Iterable<string>, date: string): Recast {
  const kept = new Set<string>();
  for (const id of people)
    if (directory.person(id)) for (const one of [id, ...directory.chainOf(id, date)]) kept.add(one);
  const homes = [...kept].flatMap((id) => directory.assignmentsAt(id, date).map(({ unit }) => unit));
  const places = new Set([...homes, ...units].flatMap((unit) => directory.unitPath(unit).map(({ id }) => id)));
  for (const unit of places) for (const head of directory.grantHoldersAt("head", unit, date)) kept.add(head);
  const ids = new Map([...kept].map((id, at) => [id, `p${at + 1}`]));
  const { data } = directory;
  const company: Company = {
    timeZone: data.timeZone,
    calendar: data.calendar,
    currency: data.currency,
    units: [...places].map((id) => {
      const unit = directory.unit(id)!;
      return { id, title: unit.title, level: unit.level, ...said(unit, ["parent", "timeZone", "calendar"]) };
    }),
    people: [...kept].map((id, at) => {
      const person = directory.person(id)!;
      const name = `${NAMES[at % NAMES.length]}${at < NAMES.length ? "" : ` ${Math.floor(at / NAMES.length) + 1}`}`;
      return {
        id: ids.get(id)!,
        name,
        ...(person.status === "active" ? {} : { status: person.status }),
        ...(person.fte === "1" ? {} : { fte: person.fte }),
        ...said(person, ["role", "grade", "hireDate", "endDate", "timeZone", "calendar"]),
      };
    }),
    works: [...kept].flatMap((id) =>
      directory
        .assignmentsAt(id, date)
        .filter(({ unit }) => places.has(unit))
        .map(({ unit, manager, kind }) => {
          const above = manager === null ? undefined : ids.get(manager);
          return {
            person: ids.get(id)!,
            unit,
            ...(above ? { manager: above } : {}),
            ...(kind === "matrix" ? { matrix: true } : {}),
          };
        }),
    ),
    roles: [...kept].flatMap((id) =>
      directory
        .grantsOf(id, date)
        .filter(({ unit }) => unit === null || places.has(unit))
        .map(({ role, unit }) => ({ person: ids.get(id)!, role, ...(unit === null ? {} : { unit }) })),
    ),
  };
  const queues = data.queues.flatMap(({ id, title, members }) => {
    const here = members.flatMap((member) => ids.get(member) ?? []);
    return here.length > 0 ? [{ id, title, members: here }] : [];
  });
  const absences = data.absences.flatMap(({ person, from, to, delegate }) => {
    const away = ids.get(person);
    const stands = delegate === null ? undefined : ids.get(delegate);
    return away ? [{ person: away, from, to, ...(stands ? { delegate: stands } : {}) }] : [];
  });
  return {
    company: { ...company, ...(queues.length > 0 ? { queues } : {}), ...(absences.length > 0 ? { absences } : {}) },
    ids,
  };
}

/** The members that say something. */
function said<Of extends object, Name extends keyof Of>(from: Of, names: readonly Name[]) {
  return Object.fromEntries(names.flatMap((name) => (from[name] === null ? [] : [[name, from[name]]]))) as {
    [Member in Name]?: NonNullable<Of[Member]>;
  };
}

/** A value with made-up ids in the place of people's own, wherever they stand, as names of members too. */
export function renamed<Value>(value: Value, ids: ReadonlyMap<string, string>): Value {
  const walk = (one: Json): Json => {
    if (typeof one === "string") return ids.get(one) ?? one;
    if (one === null || typeof one !== "object") return one;
    if (Array.isArray(one)) return one.map(walk);
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [ids.get(name) ?? name, walk(inner)]));
  };
  return walk(value as Json) as Value;
}
