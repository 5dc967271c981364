import { type Catalogue, catalogueOf } from "#engine/definition/catalogue.ts";
import type { Kind } from "#engine/definition/definition.ts";
import { sessionOrigin, sessionWorkflow } from "#engine/definition/session.ts";
import { type Listener, triggersOf } from "#engine/execute/triggers.ts";
import type { Trigger } from "#engine/steps/trigger.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Database } from "../db/client.ts";
import { bundleStatement, bundlesInUse, readBundle } from "../store/bundles.ts";
import { readLiveVersions, readVersions, type VersionRow } from "../store/definitions-read.ts";
import { type Bundle, makeBundle } from "./bundle.ts";
import { Refused } from "./refused.ts";

const keyOf = (kind: string, id: string) => `${kind}/${id}`;

/** The version of a session's workflow: the step of the version in which it is drawn. */
function sessionOf(row: VersionRow | undefined, id: string): VersionRow | undefined {
  const origin = sessionOrigin(id);
  const drawn = row?.document.kind === "workflow" && origin ? sessionWorkflow(row.document, origin.step) : undefined;
  return row && drawn && { ...row, id, document: drawn };
}

/** What is live, and every bundle that a running case is pinned to, compiled once. */
export class LiveCatalogue {
  readonly #db: Database;
  #rows = new Map<string, VersionRow>();
  #live: Catalogue = catalogueOf([]);
  #epoch = 0;
  readonly #current = new Map<string, Promise<Bundle>>();
  readonly #pinned = new Map<string, Promise<Bundle>>();
  /** Bundles compiled and ready, for questions that cannot wait. */
  readonly #ready = new Map<string, Bundle>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Reads what is live; call at the start and after each publish. */
  async refresh(): Promise<void> {
    const rows = await readLiveVersions(this.#db);
    this.#rows = new Map(rows.map((row) => [keyOf(row.kind, row.id), row]));
    this.#live = catalogueOf(rows.map((row) => row.document));
    this.#current.clear();
    this.#epoch += 1;
  }

  /**
   * Compiles the bundles that open cases run, so that the first command after a start is as fast as any. Answers why where one
   * cannot run: its cases stand still with that reason, and nobody else waits for them.
   */
  async warm(): Promise<string[]> {
    const broken: string[] = [];
    for (const hash of await bundlesInUse(this.#db)) {
      try {
        await this.pinned(hash);
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause;
        broken.push(cause.message);
      }
    }
    return broken;
  }

  /** Every live document. */
  get live(): Catalogue {
    return this.#live;
  }
  /** Changes whenever something is published. */
  get epoch(): number {
    return this.#epoch;
  }
  /** The live version of a document. */
  version(kind: Kind, id: string): VersionRow | undefined {
    return this.#rows.get(keyOf(kind, id));
  }
  versions(): Iterable<VersionRow> {
    return this.#rows.values();
  }

  /** What a case that begins now is pinned to. Refused where nothing of that name is live, or it cannot run. */
  current(kind: "workflow" | "escalation", id: string): Promise<Bundle> {
    const key = keyOf(kind, id);
    const known = this.#current.get(key);
    if (known) return known;
    const made = this.#make(kind, id);
    this.#current.set(key, made);
    made.catch(() => this.#current.delete(key));
    return made;
  }

  async #make(kind: "workflow" | "escalation", id: string): Promise<Bundle> {
    const origin = sessionOrigin(id);
    const row = origin ? sessionOf(this.version("workflow", origin.workflow), id) : this.version(kind, id);
    if (!row) throw new Refused("not-live", `There is no published ${kind} "${id}". Publish it first.`);
    let bundle: Bundle;
    try {
      bundle = makeBundle(row, this.#live, (usedKind, usedId) => this.#rows.get(keyOf(usedKind, usedId)));
    } catch (cause) {
      if (!(cause instanceof IssuesError)) throw cause;
      throw new Refused("has-problems", `"${row.document.title}" cannot run as it was published.`, {
        issues: cause.issues,
      });
    }
    const known = this.#ready.get(bundle.hash);
    if (known) return known;
    await this.#db.write([bundleStatement(bundle, row.publishedAt)]);
    this.#keep(bundle);
    return bundle;
  }

  /** The bundle of a running case, whatever is live today. Refused where it is not in the database any more, or cannot run. */
  pinned(hash: string): Promise<Bundle> {
    const known = this.#pinned.get(hash);
    if (known) return known;
    const loaded = this.#load(hash);
    this.#pinned.set(hash, loaded);
    loaded.catch(() => this.#pinned.delete(hash));
    return loaded;
  }

  async #load(hash: string): Promise<Bundle> {
    const row = await readBundle(this.#db, hash);
    if (!row) throw lost(`What this case runs on (${hash.slice(0, 12)})`);
    const origin = sessionOrigin(row.id);
    const rows = await readVersions(this.#db, [origin ? { ...row, id: origin.workflow } : row, ...row.uses]);
    const drawn = rows.find(({ kind, id }) => kind === row.kind && id === (origin?.workflow ?? row.id));
    const own = origin ? sessionOf(drawn, row.id) : drawn;
    if (!own) throw lost(`Version ${row.version} of the ${row.kind} "${row.id}", on which this case runs,`);
    const byKey = new Map(rows.map((version) => [keyOf(version.kind, version.id), version]));
    try {
      const documents = catalogueOf(rows.map((version) => version.document));
      const bundle = makeBundle(own, documents, (kind, id) => byKey.get(keyOf(kind, id)));
      this.#ready.set(hash, bundle);
      return bundle;
    } catch (cause) {
      if (!(cause instanceof IssuesError)) throw cause;
      const title = `Version ${row.version} of "${own.document.title}", on which this case runs, cannot run here`;
      throw new Refused("incident", `${title}: ${cause.issues[0]?.message ?? cause.message}`, { issues: cause.issues });
    }
  }

  #keep(bundle: Bundle): void {
    this.#ready.set(bundle.hash, bundle);
    this.#pinned.set(bundle.hash, Promise.resolve(bundle));
  }

  /** The bundles in memory: those of open cases and of what was started since. */
  bundles(): Iterable<Bundle> {
    return this.#ready.values();
  }

  /** Whether any definition asks to be told of an event: where none does, nothing is written for it. */
  listens(on: Trigger["on"]): boolean {
    return this.triggers(on).length > 0 || this.waits(on).length > 0;
  }

  /** The triggers of live definitions on an event, with whose they are. */
  triggers(on: Trigger["on"]): Listener[] {
    return [...this.#rows.values()]
      .flatMap(({ document }) => triggersOf(document))
      .filter(({ trigger }) => trigger.on === on);
  }

  /** The wait steps of running bundles that an event may end. */
  waits(on: Trigger["on"]): { bundle: Bundle; step: string; trigger: Trigger }[] {
    return [...this.#ready.values()].flatMap((bundle) =>
      [...bundle.compiled.map.steps].flatMap(([step, { step: drawn }]) =>
        drawn.kind === "wait"
          ? (drawn.for ?? []).filter((trigger) => trigger.on === on).map((trigger) => ({ bundle, step, trigger }))
          : [],
      ),
    );
  }
}

const lost = (what: string): Refused =>
  new Refused("incident", `${what} is not in the database. Restore it from a backup, then try again.`);
