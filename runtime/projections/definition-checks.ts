import type { Definition, DefinitionOf, Kind } from "#engine/definition/definition.ts";
import { type ParsedText, parseText } from "#engine/definition/parse-text.ts";
import { documentReferences } from "#engine/lint/document-references.ts";
import { lint } from "#engine/lint/run.ts";
import { lintSubject } from "#engine/lint/subject.ts";
import type { Issue } from "#engine/words/issue.ts";
import { sha256 } from "#engine/words/sha256.ts";
import type { LiveCatalogue } from "../commands/catalogue.ts";
import type { DefinitionRow } from "../store/definitions-read.ts";

/** What a check found, and which documents it looked at: it holds until one of these changes. */
interface Checked {
  issues: Issue[];
  found: Map<string, { kind: Kind; id: string; hash: string | undefined }>;
  lists: Map<Kind, string>;
}

/** Checks kept: what was found, without the document. */
const MOST_CHECKED = 2_000;
/** Characters of texts kept as documents, which take some ten times as many bytes: autosave makes a new one each second. */
const MOST_READ = 8_000_000;

/** What is wrong with documents, computed once per content and again only where something they name has changed. */
export class DefinitionChecks {
  readonly #live: LiveCatalogue;
  readonly #read = new Map<string, { parsed: ParsedText; size: number }>();
  #size = 0;
  readonly #checked = new Map<string, Checked>();

  constructor(live: LiveCatalogue) {
    this.#live = live;
  }

  /** A text as a document, or what keeps it from being one. */
  read(source: string): { hash: string; parsed: ParsedText } {
    const hash = sha256(source);
    const known = this.#read.get(hash);
    const read = known ?? { parsed: parseText(source), size: source.length };
    this.#read.delete(hash);
    this.#read.set(hash, read);
    if (!known) this.#size += read.size;
    for (const [oldest, { size }] of this.#read) {
      if (this.#size <= MOST_READ || oldest === hash) break;
      this.#read.delete(oldest);
      this.#size -= size;
    }
    return { hash, parsed: read.parsed };
  }

  /**
   * Everything that a row's draft, or its live version where it has none, should be changed for before it is published. A
   * document that is named and only there as a draft is told as such: it has to be published first.
   */
  issuesOf(row: DefinitionRow, rows: readonly DefinitionRow[]): Issue[] {
    if (row.draft === null) {
      const version = this.#live.version(row.kind, row.id);
      return version ? this.#check(version.document, version.hash) : [];
    }
    const { hash, parsed } = this.read(row.draft);
    if (!parsed.ok) return parsed.issues.map(bare);
    const issues = this.#check(parsed.definition, hash);
    return issues.some(({ code }) => code === UNKNOWN) ? toldOfDrafts(issues, parsed.definition, rows) : issues;
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

  #check(definition: Definition, hash: string): Issue[] {
    const name = `${keyOf(definition.kind, definition.id)} ${hash}`;
    const known = this.#checked.get(name);
    const checked = known && stillHolds(known, this.#live) ? known : checkNow(definition, this.#live);
    this.#checked.delete(name);
    this.#checked.set(name, checked);
    if (this.#checked.size > MOST_CHECKED) this.#checked.delete(this.#checked.keys().next().value!);
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

const idsOf = ({ live }: LiveCatalogue, kind: Kind) =>
  live
    .all(kind)
    .map(({ id }) => id)
    .join(" ");

function checkNow(definition: Definition, live: LiveCatalogue): Checked {
  const found: Checked["found"] = new Map();
  const lists: Checked["lists"] = new Map();
  const issues = lint(definition, {
    find: <K extends Kind>(kind: K, id: string): DefinitionOf<K> | undefined => {
      found.set(keyOf(kind, id), { kind, id, hash: live.version(kind, id)?.hash });
      return live.live.find(kind, id);
    },
    // What is asked of a whole kind is which ids there are.
    all: <K extends Kind>(kind: K): DefinitionOf<K>[] => {
      lists.set(kind, idsOf(live, kind));
      return live.live.all(kind);
    },
  });
  return { issues, found, lists };
}

function stillHolds({ found, lists }: Checked, live: LiveCatalogue): boolean {
  for (const { kind, id, hash } of found.values()) if (live.version(kind, id)?.hash !== hash) return false;
  for (const [kind, ids] of lists) if (idsOf(live, kind) !== ids) return false;
  return true;
}

/** Tells references to what is only a draft yet from references to what is nowhere. */
function toldOfDrafts(issues: readonly Issue[], definition: Definition, rows: readonly DefinitionRow[]): Issue[] {
  const drafts = new Set(rows.filter(({ draft }) => draft !== null).map(({ kind, id }) => keyOf(kind, id)));
  const references = documentReferences(lintSubject(definition, undefined));
  const places = new Set(references.filter(({ kind, id }) => drafts.has(keyOf(kind, id))).map(({ path }) => path));
  return issues.map((issue) =>
    issue.code === UNKNOWN && places.has(issue.path)
      ? {
          ...issue,
          message: issue.message.replace(/^(There is no [^:]*)\.$/, "$1 published yet."),
          hint: "There is a draft of it: publish that first.",
        }
      : issue,
  );
}

const byCatalogue = new WeakMap<LiveCatalogue, DefinitionChecks>();

/** The checks of a server; they live as long as it. */
export function checksOf({ catalogue }: { catalogue: LiveCatalogue }): DefinitionChecks {
  const checks = byCatalogue.get(catalogue) ?? new DefinitionChecks(catalogue);
  byCatalogue.set(catalogue, checks);
  return checks;
}
