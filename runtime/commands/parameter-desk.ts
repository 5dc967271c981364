import type { Compiled } from "#engine/compile/compile.ts";
import { sessionOrigin } from "#engine/definition/session.ts";
import type { Json } from "#engine/words/json.ts";
import type { Database } from "../db/client.ts";
import { type ParameterChange, readParameterChanges } from "../store/parameters.ts";
import type { LiveCatalogue } from "./catalogue.ts";

/** Where a parameter's value is kept: the definition that declares it, or the sheet. */
export interface ParameterHome {
  kind: string;
  id: string;
}

/** The values of parameters as each case may see them. */
export class ParameterDesk {
  readonly #db: Database;
  readonly #catalogue: LiveCatalogue;
  #changes = new Map<string, ParameterChange[]>();
  /** Values by compiled definition, for those without an edit that only new cases see. */
  #same = new WeakMap<Compiled, Record<string, Json>>();

  constructor(db: Database, catalogue: LiveCatalogue) {
    this.#db = db;
    this.#catalogue = catalogue;
  }

  /** Reads all edits; call at the start and after each. */
  async refresh(): Promise<void> {
    const changes = await readParameterChanges(this.#db);
    this.#changes = Map.groupBy(changes, ({ kind, id, name }) => `${kind}/${id}/${name}`);
    this.#same = new WeakMap();
  }

  /** The edits of one parameter, oldest first. */
  history(home: ParameterHome, name: string): readonly ParameterChange[] {
    return this.#changes.get(`${home.kind}/${home.id}/${name}`) ?? [];
  }

  /** What a parameter is for a case that begins now; undefined where it was never edited. */
  current(home: ParameterHome, name: string): Json | undefined {
    return this.history(home, name).at(-1)?.value;
  }

  /** Where a definition's parameter is kept: its own win over a sheet's, an earlier sheet's over a later one's. */
  home(compiled: Compiled, name: string): ParameterHome {
    const { definition } = compiled;
    if (definition.parameters?.[name] === undefined) {
      for (const sheet of definition.uses ?? []) {
        if (this.#catalogue.live.find("parameters", sheet)?.values[name]) return { kind: "parameters", id: sheet };
      }
    }
    return { kind: definition.kind, id: sessionOrigin(definition.id)?.workflow ?? definition.id };
  }

  /**
   * The values that a case sees: of each parameter the newest edit whose scope reaches it. An edit for new cases reaches
   * those opened since; an edit for open cases reaches all, from the next step on or at once.
   */
  values(compiled: Compiled, openedAt: number): Record<string, Json> {
    const same = this.#same.get(compiled);
    if (same) return same;
    const values: Record<string, Json> = {};
    let depends = false;
    for (const [name, declared] of Object.entries(compiled.parameters)) {
      const history = this.history(this.home(compiled, name), name);
      depends ||= history.some((change) => change.scope === "new");
      values[name] =
        history.findLast((change) => change.scope !== "new" || change.at <= openedAt)?.value ?? declared.default;
    }
    if (!depends) this.#same.set(compiled, values);
    return values;
  }
}
