import { type Compiled, compile } from "#engine/compile/compile.ts";
import type { Catalogue } from "#engine/definition/catalogue.ts";
import type { DefinitionOf, Kind } from "#engine/definition/definition.ts";
import { canonical } from "#engine/words/json.ts";
import { sha256 } from "#engine/words/sha256.ts";
import type { BundleMember } from "../store/bundles.ts";
import type { VersionRow } from "../store/definitions-read.ts";

/** A version ready to run, with the versions of all it refers to: what a case is pinned to. */
export interface Bundle {
  hash: string;
  kind: "workflow" | "escalation";
  id: string;
  version: number;
  title: string;
  compiled: Compiled;
  uses: BundleMember[];
}

/**
 * Compiles a version against a catalogue and notes every document that the compiler looked up: that is the bundle. A rule
 * set published tomorrow makes another bundle for tomorrow's cases and leaves today's cases as they are.
 * Throws IssuesError where the version cannot run.
 */
export function makeBundle(
  row: VersionRow,
  catalogue: Catalogue,
  versionOf: (kind: string, id: string) => { version: number; hash: string } | undefined,
): Bundle {
  const document = row.document;
  if (document.kind !== "workflow" && document.kind !== "escalation")
    throw new Error(`a ${document.kind} does not run`);
  const used = new Map<string, BundleMember & { hash: string }>();
  const note = (kind: string, id: string) => {
    const found = versionOf(kind, id);
    if (found) used.set(`${kind}/${id}`, { kind, id, ...found });
  };
  const compiled = compile(document, {
    find: <K extends Kind>(kind: K, id: string): DefinitionOf<K> | undefined => {
      note(kind, id);
      return catalogue.find(kind, id);
    },
    all: <K extends Kind>(kind: K): DefinitionOf<K>[] => {
      const all = catalogue.all(kind);
      for (const one of all) note(kind, one.id);
      return all;
    },
  });
  const uses = [...used.values()].sort((a, b) => (`${a.kind}/${a.id}` < `${b.kind}/${b.id}` ? -1 : 1));
  const { kind, id } = document;
  const hash = sha256(canonical([{ kind, id, version: row.version, hash: row.hash }, ...uses]));
  return {
    hash,
    kind,
    id,
    version: row.version,
    title: document.title,
    compiled,
    uses: uses.map(({ kind: usedKind, id: usedId, version }) => ({ kind: usedKind, id: usedId, version })),
  };
}
