import { auditRead } from "../../access/audit-read.ts";
import { personRow, personView } from "../../projections/person-view.ts";
import { simulatorOrganisation } from "../../projections/simulator-organisation.ts";
import { listPeople } from "../../store/people-list.ts";
import { unitTree } from "../../store/units-tree.ts";
import { readCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";

/** People and units, as far as the reader sees them. */
export const organisation: HandlersOf<"people" | "person" | "units" | "organisation"> = {
  people: async ({ query }, { runtime, reader }) => {
    readCursor(query.cursor, ["text", "text"]);
    const visible = reader.policy.peopleIds();
    const page = await listPeople(runtime.db, {
      on: reader.policy.date,
      ...(query.q === undefined ? {} : { search: query.q }),
      ...(query.unit === undefined ? {} : { unit: query.unit }),
      ...(visible === undefined ? {} : { visible }),
      ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
      limit: query.limit ?? 50,
    });
    return { ...page, items: page.items.map(personRow) };
  },

  person: async ({ params }, { runtime, reader }) => {
    const view = await personView(runtime, reader, params.id);
    if (reader.policy.seesPay(params.id)) {
      const { id: person } = view.person;
      await auditRead(runtime, reader, {
        what: "person.pay-read",
        words: `looked at the record and pay of ${person}`,
        person,
      });
    }
    return view;
  },

  units: async (_, { runtime, reader }) => ({
    items: (await unitTree(runtime.db, reader.policy.date)).map(({ own: _own, ...unit }) => unit),
  }),

  organisation: async (_, { runtime, reader }) => {
    reader.policy.require("design");
    return simulatorOrganisation(await runtime.organisation.directory());
  },
};
