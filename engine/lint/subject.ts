import type { Catalogue } from "../definition/catalogue.ts";
import type { Definition, DefinitionOf, Kind } from "../definition/definition.ts";
import type { ParameterSheet } from "../definition/parameters.ts";
import { type PlacedSteps, placedSteps } from "../steps/placed-steps.ts";
import type { Issue } from "../words/issue.ts";

/** What a check looks at: the document, and those it may refer to. */
export interface LintSubject<D extends Definition = Definition> {
  definition: D;
  /** Finds a document by kind and id, the linted one included; undefined where it does not exist. */
  find<K extends Kind>(kind: K, id: string): DefinitionOf<K> | undefined;
  /** The ids of a kind, for hints. */
  ids(kind: Kind): string[];
  /** Whether a document that is not found is known not to exist: only where a catalogue was given. */
  complete: boolean;
  /** The steps of a workflow, placed; none for other kinds. */
  placed: PlacedSteps;
}

/** One check: what is wrong with the meaning of a document, as issues. */
export type Check = (subject: LintSubject) => Issue[];

/** Puts a definition and its catalogue into the form that checks read. */
export function lintSubject(definition: Definition, catalogue: Catalogue | undefined): LintSubject {
  const isSelf = (kind: Kind, id: string) => definition.kind === kind && definition.id === id;
  return {
    definition,
    find: <K extends Kind>(kind: K, id: string) =>
      isSelf(kind, id) ? (definition as DefinitionOf<K>) : catalogue?.find(kind, id),
    ids: (kind) => [
      ...new Set(
        [...(catalogue?.all(kind) ?? []), ...(definition.kind === kind ? [definition] : [])].map(({ id }) => id),
      ),
    ],
    complete: catalogue !== undefined,
    placed: definition.kind === "workflow" ? placedSteps(definition) : { all: [], scopes: [], byId: new Map() },
  };
}

/** The parameters a definition may name: its own, and those of the sheets it uses; undefined where a sheet is not known. */
export function parametersOf(subject: LintSubject): Map<string, ParameterSheet["values"][string]> | undefined {
  const { definition } = subject;
  const known = new Map(Object.entries(("parameters" in definition ? definition.parameters : undefined) ?? {}));
  for (const sheetId of ("uses" in definition ? definition.uses : undefined) ?? []) {
    const sheet = subject.find("parameters", sheetId);
    if (!sheet) return undefined;
    for (const [name, parameter] of Object.entries(sheet.values)) if (!known.has(name)) known.set(name, parameter);
  }
  return known;
}
