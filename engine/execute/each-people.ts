import type { Compiled } from "../compile/compile.ts";
import type { PersonRef } from "../words/reference.ts";
import { findPeople, type PeopleQuestion } from "./people.ts";

/**
 * The people that a step asks, in the order of its references. Where they must be distinct, each reference has to find somebody
 * whom none before it has found: where one does not, nobody is asked, and the step says why it is stuck.
 */
export function membersOf(
  compiled: Pick<Compiled, "map">,
  step: string,
  question: PeopleQuestion,
): { people: string[]; because: string } {
  const refs = eachOf(compiled, step);
  const info = compiled.map.steps.get(step)!.step;
  const distinct = "each" in info && info.each?.distinct === true && refs.length > 1;
  if (!distinct) {
    const found = findPeople(refs, question);
    return { people: found.answer as string[], because: found.because ?? "" };
  }
  const rows = refs.map((ref) => findPeople([ref], question));
  const found = rows.map((row) => row.answer as string[]);
  const because = rows.map((row) => row.because ?? "").join("; ");
  if (haveOneEach(found)) return { people: [...new Set(found.flat())], because };
  const short = found.findIndex((_, n) => !haveOneEach(found.slice(0, n + 1)));
  const row = rows[short]!;
  const nobody = found[short]!.length === 0;
  return { people: [], because: nobody ? (row.because ?? "") : `nobody else as ${row.because ?? "the others"}` };
}

/** Whether each row can have somebody of its own, so that no one has to stand for two. */
function haveOneEach(rows: readonly (readonly string[])[]): boolean {
  const rowOf = new Map<string, number>();
  const place = (row: number, tried: Set<string>): boolean =>
    rows[row]!.some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const other = rowOf.get(person);
      if (other !== undefined && !place(other, tried)) return false;
      rowOf.set(person, row);
      return true;
    });
  return rows.every((_, row) => place(row, new Set()));
}

/** Whom a step that asks many asks: its people, less those it excepts. */
function eachOf(compiled: Pick<Compiled, "map">, step: string): PersonRef[] {
  const info = compiled.map.steps.get(step)!.step;
  const each = "each" in info ? info.each : undefined;
  if (!each) return [];
  const refs = Array.isArray(each.of) ? each.of : [each.of];
  return each.except ? refs.map((ref) => ({ ...ref, except: [...(ref.except ?? []), ...each.except!] })) : refs;
}
