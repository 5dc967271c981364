import { canonical } from "../words/json.ts";
import { sha256 } from "../words/sha256.ts";
import type { Definition } from "./definition.ts";

/**
 * The identity of what a definition means: SHA-256 (hex) of its canonical JSON without `layout` and `notes`, so that
 * moving a box or writing on the canvas makes no new version.
 */
export function contentHash(definition: Definition): string {
  return sha256(canonical(meaningOf(definition)));
}

/** The definition without what only the canvas uses: `layout` and `notes` at the top. */
export function meaningOf(definition: Definition): Record<string, unknown> {
  const { layout: _layout, notes: _notes, ...meaning } = definition as Definition & { layout?: unknown };
  return meaning;
}
