import { type Catalogue, catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition, DefinitionOf, Kind } from "#engine/definition/definition.ts";
import { type ParsedText, parseText } from "#engine/definition/parse-text.ts";
import { lint } from "#engine/lint/run.ts";
import { unsupported } from "#engine/lint/unsupported.ts";
import type { Issue } from "#engine/words/issue.ts";
import { sha256 } from "#engine/words/sha256.ts";
import type { LiveCatalogue } from "../commands/catalogue.ts";
import type { DefinitionRow } from "../store/definitions-read.ts";

/** Documents to check against, each with a text that changes whenever the document does. */
interface Shelf {
  name: "live" | "standing";
  catalogue: Catalogue;
  hashOf(kind: Kind, id: string): string | undefined;
}

/** What a check found, and which documents it looked at: it holds until one of these changes. */
interface Checked {
  issues: Issue[];
  found: Map<string, { kind: Kind; id: string; hash: string | undefined }>;
  lists: Map<Kind, string>;
}

/** Texts and checks kept; a document of a hundred kilobytes takes about one megabyte. */
const MOST = 1_000;

/** What is wrong with documents, computed once per content and again only where something they name has changed. */
export class DefinitionChecks {
  readonly #live: LiveCatalogue;
  readonly #parsed = new Map<string, ParsedText>();
  readonly #checked = new Map<string, Checked>();

  constructor(live: LiveCatalogue) {
    this.#live = live;
  }

  /** A text as a document, or what keeps it from being one. */
  read(source: string): { hash: string; parsed: ParsedText } {
    const hash = sha256(source);
    const parsed = this.#parsed.get(hash) ?? parseText(source);
    keep(this.#parsed, hash, parsed);
    return { hash, parsed };
  }

  /**
   * Everything that a row's draft, or its live version where it has none, should be changed for before it is published. A
   * document that is named and only there as a draft is told as such: it has to be published first.
   */
  issuesOf(row: DefinitionRow, rows: () => readonly DefinitionRow[]): Issue[] {
    const live = this.#liveShelf();
    if (row.draft === null) {
      const version = this.#live.version(row.kind, row.id);
      return version ? this.#check(version.document, version.hash, live) : [];
    }
    const { hash, parsed } = this.read(row.draft);
    if (!parsed.ok) return parsed.issues.map(bare);
    const issues = this.#check(parsed.definition, hash, live);
    if (!issues.some(({ code }) => code === UNKNOWN)) return issues;
    const standing = this.#check(parsed.definition, hash, this.#standingShelf(rows()));
    const unknown = new Set(standing.filter(({ code }) => code === UNKNOWN).map(({ path }) => path));
    return issues.map((issue) =>
      issue.code === UNKNOWN && !unknown.has(issue.path)
        ? {
            ...issue,
            message: issue.message.replace(/^(There is no [^:]*)\.$/, "$1 published yet."),
            hint: "There is a draft of it: publish that first.",
          }
        : issue,
    );
  }

  /** Every document as it stands, draft over live; a draft that cannot be read leaves the live version. */
  standing(rows: readonly DefinitionRow[]): Definition[] {
    const all = new Map(
      [...this.#live.versions()].map(({ document }) => [keyOf(document.kind, document.id), document]),
    );
    for (const { draft } of rows) {
      const parsed = draft === null ? undefined : this.read(draft).parsed;
      if (parsed?.ok) all.set(keyOf(parsed.definition.kind, parsed.definition.id), parsed.definition);
    }
    return [...all.values()];
  }

  #liveShelf(): Shelf {
    return {
      name: "live",
      catalogue: this.#live.live,
      hashOf: (kind, id) => this.#live.version(kind, id)?.hash,
    };
  }

  #standingShelf(rows: readonly DefinitionRow[]): Shelf {
    const drafts = new Map(
      rows.flatMap(({ kind, id, draft }) => (draft === null ? [] : [[keyOf(kind, id), sha256(draft)] as const])),
    );
    return {
      name: "standing",
      catalogue: catalogueOf(this.standing(rows)),
      hashOf: (kind, id) => drafts.get(keyOf(kind, id)) ?? this.#live.version(kind, id)?.hash,
    };
  }

  #check(definition: Definition, hash: string, shelf: Shelf): Issue[] {
    const name = `${shelf.name} ${keyOf(definition.kind, definition.id)} ${hash}`;
    const known = this.#checked.get(name);
    const checked = known && stillHolds(known, shelf) ? known : checkNow(definition, shelf);
    keep(this.#checked, name, checked);
    return checked.issues;
  }
}

const UNKNOWN = "unknown-reference";
const keyOf = (kind: string, id: string) => `${kind}/${id}`;
const bare = ({ code, path, severity, message, hint }: Issue): Issue => ({
  code,
  path,
  severity,
  message,
  ...(hint === undefined ? {} : { hint }),
});

const idsOf = (catalogue: Catalogue, kind: Kind) =>
  catalogue
    .all(kind)
    .map(({ id }) => id)
    .join(" ");

function checkNow(definition: Definition, shelf: Shelf): Checked {
  const found: Checked["found"] = new Map();
  const lists: Checked["lists"] = new Map();
  const { catalogue } = shelf;
  const issues = lint(definition, {
    find: <K extends Kind>(kind: K, id: string): DefinitionOf<K> | undefined => {
      found.set(keyOf(kind, id), { kind, id, hash: shelf.hashOf(kind, id) });
      return catalogue.find(kind, id);
    },
    // What is asked of a whole kind is which ids there are.
    all: <K extends Kind>(kind: K): DefinitionOf<K>[] => {
      lists.set(kind, idsOf(catalogue, kind));
      return catalogue.all(kind);
    },
  });
  return { issues: [...issues, ...unsupported(definition)], found, lists };
}

function stillHolds({ found, lists }: Checked, shelf: Shelf): boolean {
  for (const { kind, id, hash } of found.values()) if (shelf.hashOf(kind, id) !== hash) return false;
  for (const [kind, ids] of lists) if (idsOf(shelf.catalogue, kind) !== ids) return false;
  return true;
}

/** Puts an entry last, and drops the one that was not asked for longest. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST) map.delete(map.keys().next().value!);
}

const byCatalogue = new WeakMap<LiveCatalogue, DefinitionChecks>();

/** The checks of a server; they live as long as it. */
export function checksOf({ catalogue }: { catalogue: LiveCatalogue }): DefinitionChecks {
  const checks = byCatalogue.get(catalogue) ?? new DefinitionChecks(catalogue);
  byCatalogue.set(catalogue, checks);
  return checks;
}
