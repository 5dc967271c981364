import { useEffect, useMemo, useState } from "react";
import { type Catalogue, EMPTY_CATALOGUE } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { useEditing, useOpen } from "../../document/editing.tsx";
import type { FoundIssue } from "./check.ts";
import type { CheckAnswer, CheckRequest } from "./check-worker.ts";
import CheckWorker from "./check-worker.ts?worker";

/** What is wrong with the open document, the document itself where its shape is right, and the documents around it. */
export interface Problems {
  issues: readonly FoundIssue[];
  definition: Definition | null;
  catalogue: Catalogue;
  /** False until the checks have run for the first time. */
  checked: boolean;
  /** Whether all that is said here is of the document as it stands: a fix of an older one would miss its place. */
  current: boolean;
}

interface Found {
  /** The text that was checked. */
  text: string;
  quick: readonly FoundIssue[];
  /** Of analysis; of the text before where `analysed` is not yet. */
  findings: readonly FoundIssue[];
  analysed: boolean;
  definition: Definition | null;
}

/** Checking starts this long after the last edit, in milliseconds (U17: a marker within 300 ms). */
const QUIET = 120;
const NONE: readonly FoundIssue[] = [];

/** One worker for the whole visit: one document is open at a time. */
let shared: Worker | null = null;
let asked = 0;
function checker(): Worker {
  shared ??= new CheckWorker();
  return shared;
}
const ask = (request: CheckRequest) => checker().postMessage(request);

/** The problems of the open document, computed in the browser beside the page shortly after each edit. */
export function useProblems(): Problems {
  const { others, complete } = useEditing();
  const text = useOpen((state) => state.text);
  const [found, setFound] = useState<Found | null>(null);
  const catalogue = useCatalogue();
  useEffect(() => ask({ ask: "documents", documents: complete ? others : null }), [others, complete]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other documents around it may change what is said of the text
  useEffect(() => {
    const number = ++asked;
    const timer = setTimeout(() => ask({ ask: "check", number, text }), QUIET);
    const listen = ({ data }: MessageEvent<CheckAnswer>) => {
      if (data.number !== number) return;
      if (data.of === "analysis") setFound((old) => old && { ...old, findings: data.findings, analysed: true });
      else {
        const { issues, definition } = data.checked;
        setFound((old) => ({
          text,
          quick: issues,
          findings: (data.more && old?.findings) || NONE,
          analysed: !data.more,
          definition,
        }));
      }
    };
    const worker = checker();
    worker.addEventListener("message", listen);
    return () => {
      clearTimeout(timer);
      worker.removeEventListener("message", listen);
    };
  }, [text, others, complete]);
  return useMemo(
    () => ({
      issues: found ? [...found.quick, ...found.findings] : NONE,
      definition: found?.definition ?? null,
      catalogue,
      checked: found !== null,
      current: found?.analysed === true && found.text === text,
    }),
    [found, catalogue, text],
  );
}

/** The documents around the open one as the engine looks them up; schemas are loaded after the first paint. */
function useCatalogue(): Catalogue {
  const { others } = useEditing();
  const [made, setMade] = useState<{ from: typeof others; catalogue: Catalogue } | null>(null);
  useEffect(() => {
    let gone = false;
    void import("./catalogue-from.ts").then(
      ({ catalogueFrom }) => !gone && setMade({ from: others, catalogue: catalogueFrom(others) }),
    );
    return () => {
      gone = true;
    };
  }, [others]);
  return made?.catalogue ?? EMPTY_CATALOGUE;
}
