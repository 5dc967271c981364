import { LiveCatalogue } from "../commands/catalogue.ts";
import { Events } from "../commands/events.ts";
import { OrganisationDesk } from "../commands/organisation-desk.ts";
import { StoredFacts } from "../commands/stored-facts.ts";
import type { Database } from "../db/client.ts";
import { openDatabase } from "../db/open.ts";

/** How new what is kept in the thread has to be: numbers of the main thread that change with what they stand for. */
export interface Fresh {
  catalogue: number;
  organisation: number;
  /** Observations and records. */
  facts: number;
}

/** A few values by name; the oldest goes where there are too many. */
class Kept extends Map<string, unknown> {
  override set(key: string, value: unknown): this {
    const [oldest] = this.keys();
    if (this.size >= MOST_KEPT && oldest !== undefined) this.delete(oldest);
    return super.set(key, value);
  }
}

const MOST_KEPT = 4;

/** What scans read by. */
export interface ScanDesk {
  db: Database;
  catalogue: LiveCatalogue;
  organisation: OrganisationDesk;
  facts: StoredFacts;
  /** What scans keep for the next one; empty as soon as anything changes. At most the newest few. */
  kept: Kept;
  /** Reads anew what has changed since the last scan. */
  freshen(fresh: Fresh): Promise<void>;
}

/** Opens the database for reading and prepares what scans read by. */
export async function openScanDesk(url: string, token: string | undefined): Promise<ScanDesk> {
  const db = await openDatabase(url, { readOnly: true, ...(token === undefined ? {} : { token }) });
  const events = new Events((cause) => {
    throw cause;
  });
  const catalogue = new LiveCatalogue(db);
  const organisation = new OrganisationDesk(db, catalogue, events);
  const kept = new Kept();
  let known: Fresh | undefined;
  return {
    db,
    catalogue,
    organisation,
    facts: new StoredFacts(db, catalogue, organisation),
    kept,
    freshen: async (fresh) => {
      const same = known && (Object.keys(fresh) as (keyof Fresh)[]).every((name) => known?.[name] === fresh[name]);
      if (!same) kept.clear();
      if (known?.catalogue !== fresh.catalogue) await catalogue.refresh();
      if (known && known.organisation !== fresh.organisation) organisation.changed(events);
      known = fresh;
    },
  };
}
