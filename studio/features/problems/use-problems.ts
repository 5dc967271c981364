import { useEffect, useMemo, useState } from "react";
import { type Catalogue, catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { locateIssues, parseText, type TextIssue } from "#engine/definition/parse-text.ts";
import { lint } from "#engine/lint/run.ts";
import type { Json } from "#engine/words/json.ts";
import { useEditing, useOpen } from "../../document/editing.tsx";

/** What is wrong with the open document, and the document itself where its shape is right. */
export interface Problems {
  issues: readonly TextIssue[];
  definition: Definition | null;
  catalogue: Catalogue;
}

const parsedOnce = new WeakMap<object, Definition | null>();

/** A document of the catalogue as a definition; null where its shape is not right. Each is parsed once. */
export function definitionOf(document: Json): Definition | null {
  if (typeof document !== "object" || document === null) return null;
  const known = parsedOnce.get(document);
  if (known !== undefined) return known;
  const read = parse(document);
  const definition = read.ok ? read.definition : null;
  parsedOnce.set(document, definition);
  return definition;
}

/** Shape first, then meaning: as the server will judge it, with the place in the text of each issue. */
export function problemsOf(text: string, catalogue: Catalogue | undefined): Omit<Problems, "catalogue"> {
  const read = parseText(text);
  if (!read.ok) return { issues: read.issues, definition: null };
  return { issues: locateIssues(text, lint(read.definition, catalogue)), definition: read.definition };
}

/** Checking starts this long after the last edit, in milliseconds (U17: a marker within 300 ms). */
const QUIET = 120;

/** The problems of the open document, computed here in the browser shortly after each edit. */
export function useProblems(): Problems {
  const { others, complete } = useEditing();
  const text = useOpen((state) => state.text);
  const catalogue = useMemo(() => catalogueOf(others.flatMap((one) => definitionOf(one) ?? [])), [others]);
  const [found, setFound] = useState<Problems>(() => ({
    ...problemsOf(text, complete ? catalogue : undefined),
    catalogue,
  }));
  useEffect(() => {
    const timer = setTimeout(
      () => setFound({ ...problemsOf(text, complete ? catalogue : undefined), catalogue }),
      QUIET,
    );
    return () => clearTimeout(timer);
  }, [text, catalogue, complete]);
  return found;
}
