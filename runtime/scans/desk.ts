import { LiveCatalogue } from "../commands/catalogue.ts";
import { Events } from "../commands/events.ts";
import { OrganisationDesk } from "../commands/organisation-desk.ts";
import { StoredFacts } from "../commands/stored-facts.ts";
import { type Database, openDatabase } from "../db/client.ts";

/** How new what is kept in the thread has to be: numbers of the main thread that change with what they stand for. */
export interface Fresh {
  catalogue: number;
  organisation: number;
}

/** What scans read by. */
export interface ScanDesk {
  db: Database;
  catalogue: LiveCatalogue;
  organisation: OrganisationDesk;
  facts: StoredFacts;
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
  let known: Fresh | undefined;
  return {
    db,
    catalogue,
    organisation,
    facts: new StoredFacts(db, catalogue, organisation),
    freshen: async (fresh) => {
      if (known?.catalogue !== fresh.catalogue) await catalogue.refresh();
      if (known && known.organisation !== fresh.organisation) organisation.changed(events);
      known = fresh;
    },
  };
}
