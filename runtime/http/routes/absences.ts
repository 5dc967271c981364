import type { AbsenceView } from "#engine/contract/views/absences.ts";
import type { Absence } from "#engine/organisation/model.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Reader } from "../../access/reader.ts";
import { declare, withdraw } from "../../commands/absences.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { briefOf } from "../../projections/me-view.ts";
import { absencesOf } from "../../store/absences.ts";
import type { HandlersOf } from "../handler.ts";

/** Being away: everybody for themselves, and who administers people for those they look after. */
export const absences: HandlersOf<"absences" | "declareAbsence" | "withdrawAbsence"> = {
  absences: async ({ params }, { runtime, reader }) => {
    if (params.id !== reader.personId && !reader.policy.seesPerson(params.id)) throw notTheirs(params.id);
    const known = await absencesOf(runtime.db, params.id);
    return { items: await Promise.all(known.map((one) => viewOf(runtime, one))) };
  },

  declareAbsence: async ({ params, body }, { runtime, reader }) => {
    requireOwn(reader, params.id);
    return viewOf(runtime, await declare(runtime, reader, params.id, body));
  },

  withdrawAbsence: async ({ params }, { runtime, reader }) => {
    requireOwn(reader, params.id);
    await withdraw(runtime, reader, params.id, params.absence);
    return { ok: true };
  },
};

async function viewOf(runtime: Runtime, { id, from, to, delegate }: Absence & { id: number }): Promise<AbsenceView> {
  const directory = await runtime.organisation.directory();
  return { id, from, to, delegate: delegate === null ? null : briefOf(directory, delegate) };
}

function requireOwn(reader: Reader, person: string): void {
  if (person !== reader.personId && !reader.policy.administersPerson(person)) throw notTheirs(person);
}

const notTheirs = (person: string) =>
  new Forbidden("Absences are said by the person, or by who administers them.", { kind: "person", id: person });
