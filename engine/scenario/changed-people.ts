import type { PersonChange } from "../definition/story.ts";
import type { OrganisationData } from "../organisation/model.ts";
import { StoryError } from "./story-error.ts";

/** An organisation of which something else has become known. Throws where a story names nobody. */
export function changedPeople(organisation: OrganisationData, changes: readonly PersonChange[]): OrganisationData {
  const known = new Set(organisation.people.map(({ id }) => id));
  const stranger = changes.find(({ id }) => !known.has(id));
  if (stranger) throw new StoryError(`there is nobody "${stranger.id}"`);
  const people = organisation.people.map((person) => {
    const change = changes.find(({ id }) => id === person.id);
    return change ? { ...person, ...change, fields: { ...person.fields, ...change.fields } } : person;
  });
  return { ...organisation, people };
}
