import type { Directory } from "#engine/organisation/directory.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import type { Json } from "#engine/words/json.ts";
import { withoutPayAndContact } from "./person-fields.ts";

const made = new WeakMap<Directory, Json>();

/** The organisation as the simulator in the browser reads it: no pay, no contact data. Made once while the organisation stands. */
export function simulatorOrganisation(directory: Directory): Json {
  const known = made.get(directory);
  if (known !== undefined) return known;
  const data: OrganisationData = {
    ...directory.data,
    people: directory.data.people.map((person) => ({
      ...person,
      email: null,
      salaryMinor: null,
      currency: null,
      fields: withoutPayAndContact(person.fields),
    })),
  };
  const json = data as unknown as Json;
  made.set(directory, json);
  return json;
}
