import type { AbsenceRequest } from "#engine/contract/views/absences.ts";
import type { Absence } from "#engine/organisation/model.ts";
import { absencesOf, declareAbsence, withdrawAbsence } from "../store/absences.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/**
 * Declares when somebody is away, and who acts meanwhile: what fires from then on goes to the delegate. A delegate who is away
 * too is followed in turn, boundedly. Throws `Refused` where the person or the delegate is not there, or it overlaps another.
 */
export async function declare(
  runtime: Runtime,
  principal: Principal,
  person: string,
  { from, to, delegate = null }: AbsenceRequest,
): Promise<Absence & { id: number }> {
  const directory = await runtime.organisation.directory();
  if (!directory.person(person)) throw new Refused("not-found", "There is no such person.");
  if (delegate === person)
    throw new Refused("bad-input", "Nobody can act for themselves. Name somebody else, or nobody.");
  if (delegate !== null && !directory.isHere(delegate, from))
    throw new Refused("bad-input", `There is nobody "${delegate}" here on ${from} to act meanwhile.`);
  const known = await absencesOf(runtime.db, person);
  const other = known.find((one) => one.from < to && from < one.to);
  if (other)
    throw new Refused(
      "already-exists",
      `An absence from ${other.from} to ${other.to} is declared already. Take it back first.`,
    );
  const absence = { person, from, to, delegate };
  const at = runtime.clock.now();
  await runtime.audit.write(
    {
      at,
      by: principal.personId,
      what: "absence.declared",
      words: `${directory.nameOf(person)} is away from ${from} to ${to}${delegate ? `; ${directory.nameOf(delegate)} acts meanwhile` : ""}.`,
      details: absence,
    },
    [declareAbsence(absence, at)],
  );
  runtime.organisation.changed(runtime.events);
  const [written] = (await absencesOf(runtime.db, person)).filter((one) => one.from === from);
  if (!written) throw new Error(`the absence of ${person} was not written`);
  return written;
}

/** Takes an absence back. Throws `Refused` where there is none. */
export async function withdraw(runtime: Runtime, principal: Principal, person: string, id: number): Promise<void> {
  const absence = (await absencesOf(runtime.db, person)).find((one) => one.id === id);
  if (!absence) throw new Refused("not-found", "There is no such absence; it may have been taken back already.");
  const directory = await runtime.organisation.directory();
  const at = runtime.clock.now();
  const words = `${directory.nameOf(person)} took the absence from ${absence.from} to ${absence.to} back.`;
  await runtime.audit.write({ at, by: principal.personId, what: "absence.withdrawn", words, details: { ...absence } }, [
    withdrawAbsence(id, at),
  ]);
  runtime.organisation.changed(runtime.events);
}
