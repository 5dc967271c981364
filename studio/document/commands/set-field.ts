import type { Json } from "#engine/words/json.ts";
import type { Command } from "../document-state.ts";
import { withValue } from "../json-value.ts";

/** Sets the value at a path of the document, given by segments; `undefined` takes the member away. */
export function setField(path: readonly (string | number)[], value: Json | undefined): Command {
  return (document) => withValue(document, path, value);
}

/** Several edits as one. */
export function all(...commands: readonly Command[]): Command {
  return (document) => commands.reduce((at, command) => command(at), document);
}
