import type { Catalogue } from "#engine/definition/catalogue.ts";
import type { Definition, DefinitionOf } from "#engine/definition/definition.ts";
import type { Parameter } from "#engine/definition/parameter.ts";
import { documentReferences } from "#engine/lint/document-references.ts";
import { referencesIn } from "#engine/lint/references.ts";
import { lintSubject } from "#engine/lint/subject.ts";
import type { LiveCatalogue } from "../commands/catalogue.ts";
import type { ParameterHome } from "../commands/parameter-desk.ts";

/** A document that reads a parameter. */
export interface ParameterUser {
  kind: string;
  id: string;
  title: string;
}

type Users = ReadonlyMap<string, ParameterUser[]>;
type Reading = DefinitionOf<"workflow" | "escalation" | "plan" | "cadence">;

const READING: ReadonlySet<string> = new Set(["workflow", "escalation", "plan", "cadence"]);
const nameOf = ({ kind, id }: ParameterHome, name: string) => `${kind}/${id}/${name}`;

/** The parameters that a document declares. */
export function parametersOf(document: Definition): Record<string, Parameter> {
  if (document.kind === "parameters") return document.values;
  return ("parameters" in document ? document.parameters : undefined) ?? {};
}

const indexes = new WeakMap<Catalogue, Users>();

/** The live documents that read a parameter of this home, those that run first and then the rule sets they decide by. */
export function usersOf({ live, versions }: Live, home: ParameterHome, name: string): ParameterUser[] {
  const index =
    indexes.get(live) ??
    indexOf(
      live,
      [...versions()].map(({ document }) => document),
    );
  indexes.set(live, index);
  return index.get(nameOf(home, name)) ?? [];
}

/** What is live, as the catalogue gives it; a publish makes another `live`. */
export type Live = { live: Catalogue; versions: () => Iterable<{ document: Definition }> };
export const liveOf = (catalogue: LiveCatalogue): Live => ({
  live: catalogue.live,
  versions: () => catalogue.versions(),
});

function indexOf(live: Catalogue, documents: readonly Definition[]): Users {
  const index = new Map<string, ParameterUser[]>();
  const add = (home: ParameterHome, name: string, { kind, id, title }: Definition) => {
    const users = index.get(nameOf(home, name)) ?? [];
    if (!users.some((user) => user.kind === kind && user.id === id)) users.push({ kind, id, title });
    index.set(nameOf(home, name), users);
  };
  for (const document of documents) {
    if (!READING.has(document.kind)) continue;
    const rulesets = documentReferences(lintSubject(document, undefined)).flatMap(({ kind, id }) =>
      kind === "ruleset" ? (live.find("ruleset", id) ?? []) : [],
    );
    const readers = [document, ...rulesets].map((reader) => ({ reader, names: namesIn(reader) }));
    for (const { reader, names } of readers) {
      for (const name of names) {
        const home =
          homeFor(document as Reading, name, live) ?? (document.kind === "plan" ? ownHome(reader, name) : undefined);
        if (!home) continue;
        add(home, name, document);
        add(home, name, reader);
      }
    }
  }
  return index;
}

/** The names of parameters that a document mentions, as a reference or as a fact of its conditions. */
function namesIn(document: Definition): Set<string> {
  const { parameters, facts } = referencesIn(document);
  const read = facts.flatMap(({ fact }) => (fact.startsWith("parameter.") ? [fact.slice("parameter.".length)] : []));
  return new Set([...parameters.map(({ parameter }) => parameter), ...read]);
}

/** Whose parameter a name means in a document: its own, else the first of its sheets that has it. */
function homeFor(document: Reading, name: string, live: Catalogue): ParameterHome | undefined {
  const own = ownHome(document, name);
  if (own) return own;
  const sheet = ("uses" in document ? (document.uses ?? []) : []).find((id) => {
    const values = live.find("parameters", id)?.values;
    return values !== undefined && Object.hasOwn(values, name);
  });
  return sheet === undefined ? undefined : { kind: "parameters", id: sheet };
}

/** A rule set of a plan may bring parameters of its own. */
const ownHome = (document: Definition, name: string): ParameterHome | undefined =>
  Object.hasOwn(parametersOf(document), name) ? { kind: document.kind, id: document.id } : undefined;
