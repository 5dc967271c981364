import type { ParameterView } from "#engine/contract/views/definitions.ts";
import type { Definition } from "#engine/definition/definition.ts";
import type { Parameter } from "#engine/definition/parameter.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";
import { declaredParameter } from "../commands/set-parameter.ts";
import { liveOf, parametersOf, usersOf } from "./parameter-use.ts";
import { nameIn } from "./version-view.ts";

/**
 * The sheet of thresholds: every parameter that a live document declares, with its value, its history and who reads it. A
 * rule set's own parameters stand there where a plan takes them; elsewhere the document that decides by it declares them.
 */
export async function parameterViews(runtime: Runtime, reader: Reader): Promise<ParameterView[]> {
  const directory = await runtime.organisation.directory();
  return [...runtime.catalogue.versions()].flatMap(({ document }) =>
    Object.entries(parametersOf(document))
      .map(([name, parameter]) => viewOf(runtime, reader, directory, document, name, parameter))
      .filter(({ usedBy }) => document.kind !== "ruleset" || usedBy.length > 0),
  );
}

/** One parameter. Throws `Refused` where no live document declares it. */
export async function parameterView(
  runtime: Runtime,
  reader: Reader,
  kind: string,
  id: string,
  name: string,
): Promise<ParameterView> {
  const parameter = declaredParameter(runtime, kind, id, name);
  const directory = await runtime.organisation.directory();
  const row = [...runtime.catalogue.versions()].find((one) => one.kind === kind && one.id === id);
  return viewOf(runtime, reader, directory, row!.document, name, parameter);
}

/** The role that owns a parameter, where its author named one. */
export function ownerRole({ owner }: Parameter): string | null {
  return owner && "role" in owner && typeof owner.role === "string" ? owner.role : null;
}

function viewOf(
  runtime: Runtime,
  reader: Reader,
  directory: Directory,
  { kind, id, title }: Definition,
  name: string,
  parameter: Parameter,
): ParameterView {
  const history = runtime.parameters.history({ kind, id }, name);
  const last = history.at(-1);
  return {
    sheet: { kind, id, title },
    name,
    title: parameter.title,
    description: parameter.description ?? null,
    type: parameter.type,
    unit: parameter.unit ?? null,
    default: parameter.default,
    min: parameter.min ?? null,
    max: parameter.max ?? null,
    of: parameter.of ?? null,
    value: (last?.value as ParameterView["value"] | undefined) ?? parameter.default,
    version: last?.version ?? 0,
    mayEdit: reader.policy.editsParameter(ownerRole(parameter)),
    usedBy: usersOf(liveOf(runtime.catalogue), { kind, id }, name),
    history: history.map(({ version, old, value, scope, reason, by, at }) => ({
      version,
      old,
      value,
      scope,
      reason,
      by: nameIn(directory, by),
      at,
    })),
  };
}
