import { useEffect, useMemo, useState } from "react";
import { type Catalogue, EMPTY_CATALOGUE } from "#engine/definition/catalogue.ts";
import { useEditing, useOpen } from "../../document/editing.tsx";
import type { Checked } from "./check.ts";

/** What is wrong with the open document, the document itself where its shape is right, and the documents around it. */
export interface Problems extends Checked {
  catalogue: Catalogue;
  /** False until the checks have run for the first time. */
  checked: boolean;
}

type Checks = typeof import("./check.ts");

/** Checking starts this long after the last edit, in milliseconds (U17: a marker within 300 ms). */
const QUIET = 120;

/** The problems of the open document, computed here in the browser shortly after each edit. */
export function useProblems(): Problems {
  const { others, complete } = useEditing();
  const text = useOpen((state) => state.text);
  const [checks, setChecks] = useState<Checks | null>(null);
  const [found, setFound] = useState<Checked | null>(null);
  useEffect(() => {
    let gone = false;
    void import("./check.ts").then((loaded) => !gone && setChecks(loaded));
    return () => {
      gone = true;
    };
  }, []);
  const catalogue = useMemo(() => checks?.catalogueFrom(others) ?? EMPTY_CATALOGUE, [checks, others]);
  useEffect(() => {
    if (!checks) return;
    const timer = setTimeout(() => setFound(checks.check(text, complete ? catalogue : undefined)), QUIET);
    return () => clearTimeout(timer);
  }, [checks, text, catalogue, complete]);
  return useMemo(
    () => ({ issues: found?.issues ?? [], definition: found?.definition ?? null, catalogue, checked: found !== null }),
    [found, catalogue],
  );
}
