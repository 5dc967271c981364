import type { Catalogue } from "../definition/catalogue.ts";
import type { Parameter } from "../definition/parameter.ts";

/**
 * The parameters that a definition may read: its own, and those of the sheets it names. Its own win over a sheet's, an
 * earlier sheet's over a later one's.
 */
export function declaredParameters(
  definition: { parameters?: Record<string, Parameter>; uses?: string[] },
  catalogue: Catalogue,
): Record<string, Parameter> {
  const sheets = (definition.uses ?? []).map((id) => catalogue.find("parameters", id)?.values ?? {});
  return Object.assign({}, ...sheets.reverse(), definition.parameters ?? {});
}
