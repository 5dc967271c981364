import type { Compiled } from "#engine/compile/compile.ts";
import type { Subject } from "#engine/contract/subject.ts";
import { metricPeople } from "#engine/execute/metric-people.ts";
import type { Need } from "#engine/execute/needs.ts";
import type { SubjectFacts, World } from "#engine/execute/world.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Json } from "#engine/words/json.ts";
import type { LiveCatalogue } from "./catalogue.ts";
import type { OrganisationDesk } from "./organisation-desk.ts";
import type { ParameterDesk } from "./parameter-desk.ts";
import type { StoredFacts } from "./stored-facts.ts";

/** What one advance needs to read. */
export interface WorldRequest {
  compiled: Compiled;
  subject: Subject;
  openedAt: number;
  needs: readonly Need[];
}

/** Gathers all that an advance may read, before it: the engine asks nothing of the outside. */
export class Worlds {
  readonly #catalogue: LiveCatalogue;
  readonly #organisation: OrganisationDesk;
  readonly #parameters: ParameterDesk;
  readonly #facts: StoredFacts;

  constructor(catalogue: LiveCatalogue, organisation: OrganisationDesk, parameters: ParameterDesk, facts: StoredFacts) {
    this.#catalogue = catalogue;
    this.#organisation = organisation;
    this.#parameters = parameters;
    this.#facts = facts;
  }

  /** The world of one case as of now. */
  async of(request: WorldRequest, now: number): Promise<World> {
    const [world] = await this.ofMany([request], now);
    return world!;
  }

  /** The worlds of many cases, their stored facts gathered in one read. */
  async ofMany(requests: readonly WorldRequest[], now: number): Promise<World[]> {
    const directory = await this.#organisation.directory();
    const calendars = await this.#organisation.calendars();
    const stored = await this.#facts.gather(
      requests.flatMap((request) => request.needs),
      now,
    );
    const records = await this.#facts.records(
      requests.map((request) => request.subject).filter(({ kind }) => kind === "record"),
    );
    return requests.map(({ compiled, openedAt }) => ({
      directory,
      calendars,
      parameters: this.#parameters.values(compiled, openedAt),
      stored,
      metricPeople: metricPeople(this.#catalogue.live),
      subject: (subject) => subjectFacts(subject, directory, records),
    }));
  }
}

/** What is known of a subject beside the organisation; of records those that were read, by `type/id`. */
export function subjectFacts(
  subject: Subject,
  directory: Directory,
  records: ReadonlyMap<string, SubjectFacts>,
): SubjectFacts | undefined {
  switch (subject.kind) {
    case "record":
      return records.get(`${subject.type ?? ""}/${subject.id}`);
    case "person": {
      const person = directory.person(subject.id);
      return person && { fields: person.fields, about: person.id, unit: null };
    }
    case "unit": {
      const unit = directory.unit(subject.id);
      return unit && { fields: { ...unit } as Record<string, Json>, about: null, unit: unit.id };
    }
    case "metric":
      return { fields: { metric: subject.id }, about: null, unit: null };
    case "organisation":
      return { fields: {}, about: null, unit: null };
  }
}
