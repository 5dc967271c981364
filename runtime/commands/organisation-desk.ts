import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { type CalendarSet, calendarSet } from "#engine/time/calendar-set.ts";
import type { Database } from "../db/client.ts";
import { loadOrganisation } from "../store/organisation-load.ts";
import type { LiveCatalogue } from "./catalogue.ts";
import type { Events } from "./events.ts";

/** People, units and reporting lines, indexed and kept until they change; and the calendars that time is counted by. */
export class OrganisationDesk {
  readonly #db: Database;
  readonly #catalogue: LiveCatalogue;
  #directory: Promise<Directory> | null = null;
  #revision = 0;
  #calendars: { epoch: number; directory: Directory; set: CalendarSet } | null = null;

  constructor(db: Database, catalogue: LiveCatalogue, events: Events) {
    this.#db = db;
    this.#catalogue = catalogue;
    events.listen(({ topic }) => {
      if (topic === "organisation") this.#directory = null;
    });
  }

  /** The organisation as it is known now. The same object until something changes. */
  directory(): Promise<Directory> {
    if (!this.#directory) {
      const loading = loadOrganisation(this.#db).then(buildDirectory);
      this.#directory = loading;
      loading.catch(() => {
        if (this.#directory === loading) this.#directory = null;
      });
    }
    return this.#directory;
  }

  /** Says that people, units, lines, roles or absences changed: the next question reads them anew. */
  changed(events: Events): void {
    this.#revision += 1;
    events.emit({ topic: "organisation", id: "organisation", revision: this.#revision });
  }

  /** The published calendars. Where the organisation's default is not among them, a five-day week stands for it. */
  async calendars(): Promise<CalendarSet> {
    const directory = await this.directory();
    const known = this.#calendars;
    if (known && known.epoch === this.#catalogue.epoch && known.directory === directory) return known.set;
    const documents = this.#catalogue.live.all("calendar");
    const { calendar, timeZone } = directory.data;
    const fallback = documents.some(({ id }) => id === calendar) ? [] : [fiveDayWeek(calendar, timeZone)];
    const set = calendarSet([...documents, ...fallback], calendar);
    this.#calendars = { epoch: this.#catalogue.epoch, directory, set };
    return set;
  }
}

const nineToFive = ["09:00", "17:00"];
const fiveDayWeek = (id: string, timeZone: string) => ({
  id,
  title: "Monday to Friday",
  timeZone,
  week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
});
