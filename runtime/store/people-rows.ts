import type { Person } from "#engine/organisation/model.ts";
import type { Json } from "#engine/words/json.ts";
import type { Cell } from "../db/versioned.ts";

/** A person as the cells of `profiles`, in the order of its columns. */
export function profileCells(person: Person): Cell[] {
  return [
    person.id,
    person.name,
    person.email,
    person.status,
    person.title,
    person.role,
    person.grade,
    person.hireDate,
    person.endDate,
    person.timeZone,
    person.calendar,
    person.fte,
    person.salaryMinor,
    person.currency,
    JSON.stringify(person.fields),
    searchText(person),
  ];
}

/** The person of the cells of `profiles`. */
export function personOf(cells: readonly Cell[]): Person {
  const text = (i: number) => (cells[i] ?? null) as string | null;
  return {
    id: text(0) ?? "",
    name: text(1) ?? "",
    email: text(2),
    status: text(3) as Person["status"],
    title: text(4),
    role: text(5),
    grade: text(6),
    hireDate: text(7),
    endDate: text(8),
    timeZone: text(9),
    calendar: text(10),
    fte: text(11) ?? "1",
    salaryMinor: (cells[12] ?? null) as number | null,
    currency: text(13),
    fields: JSON.parse(text(14) ?? "{}") as Record<string, Json>,
  };
}

/** What a search looks in: id, name, e-mail and title, without case and without accents ("Sánchez" is found by "sanchez"). */
export function searchText(person: Pick<Person, "id" | "name" | "email" | "title">): string {
  return foldForSearch([person.id, person.name, person.email ?? "", person.title ?? ""].join(" "));
}

/** Lower case, accents removed. */
export function foldForSearch(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
