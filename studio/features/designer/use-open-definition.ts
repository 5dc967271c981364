import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { DefinitionView } from "#engine/contract/views/definitions.ts";
import type { Json } from "#engine/words/json.ts";
import { call } from "../../api/call.ts";
import { ProblemError, sentenceOf } from "../../api/problem-error.ts";
import { answerKey, useAnswer } from "../../api/use-answer.ts";
import { autosave, type SaveAnswer } from "../../document/autosave.ts";
import { createDocumentStore, type DocumentStore } from "../../document/document-store.ts";
import { isObject } from "../../document/json-value.ts";

export interface OpenDefinition {
  store: DocumentStore | null;
  view: DefinitionView | undefined;
  others: readonly Json[];
  complete: boolean;
  error: unknown;
  retry: () => void;
  /** Saves now; resolves when the draft on the server is what is on the screen, or it cannot be. */
  flush: () => Promise<void>;
}

const NONE: readonly Json[] = [];

/** The catalogue with published calendars: only publishing writes the holidays down that time is counted with. */
function withLiveCalendars({ documents, live }: { documents: Json[]; live: Json[] }): Json[] {
  const published = new Map(
    live.flatMap((one) => (isObject(one) && one.kind === "calendar" ? [[one.id, one] as const] : [])),
  );
  return documents.map((one) => (isObject(one) && one.kind === "calendar" ? (published.get(one.id) ?? one) : one));
}

/** Runs the newest of what is asked after a quiet moment, or at once when the tab is left. */
function quietly(): (write: () => void) => void {
  let waiting: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    waiting?.();
    waiting = null;
  };
  window.addEventListener("pagehide", flush);
  return (write) => {
    waiting = write;
    clearTimeout(timer);
    timer = setTimeout(flush, 300);
  };
}

/** Opens a definition for editing: loads it, keeps its draft saved, follows what others save. */
export function useOpenDefinition(kind: string, id: string): OpenDefinition {
  const client = useQueryClient();
  const input = useMemo(() => ({ params: { kind, id } }), [kind, id]);
  const answer = useAnswer("definition", input);
  const catalogue = useAnswer("catalogue", {});
  const [open, setOpen] = useState<{ key: string; store: DocumentStore; flush: () => Promise<void> } | null>(null);
  const key = `${kind}/${id}`;
  const loaded = answer.data;

  useEffect(() => {
    if (!loaded) return;
    if (open?.key === key) {
      open.store.getState().received({ source: loaded.source, revision: loaded.revision });
      return;
    }
    const store = createDocumentStore({
      kind,
      id,
      source: loaded.source,
      revision: loaded.revision,
      shelf: window.sessionStorage,
      later: quietly(),
      now: () => performance.timeOrigin + performance.now(),
    });
    setOpen({ key, store, flush: async () => undefined });
  }, [loaded, key, kind, id, open]);

  const store = open?.key === key ? open.store : null;
  useEffect(() => {
    if (!store) return;
    const saver = autosave(store, {
      save: async (source, expectedRevision): Promise<SaveAnswer> => {
        try {
          const saved = await call("saveDraft", { ...input, body: { source, expectedRevision } });
          client.setQueryData(answerKey("definition", input), saved);
          for (const name of ["catalogue", "definitions", "changes"])
            void client.invalidateQueries({ queryKey: [name] });
          return { ok: true, source: saved.source, revision: saved.revision };
        } catch (error) {
          if (error instanceof ProblemError && error.status === 409) {
            const theirs = await call("definition", input).catch(() => null);
            if (theirs) return { ok: false, conflict: true, source: theirs.source, revision: theirs.revision };
          }
          return { ok: false, conflict: false, message: sentenceOf(error) };
        }
      },
      wait: (run, milliseconds) => setTimeout(run, milliseconds),
      cancel: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
    });
    setOpen((current) => (current?.store === store ? { ...current, flush: saver.flush } : current));
    const leaving = () => void saver.flush();
    window.addEventListener("pagehide", leaving);
    return () => {
      window.removeEventListener("pagehide", leaving);
      void saver.flush().finally(saver.stop);
    };
  }, [store, input, client]);

  const documents = useMemo(() => (catalogue.data ? withLiveCalendars(catalogue.data) : undefined), [catalogue.data]);
  const others = useMemo(
    () => documents?.filter((one) => !(isObject(one) && one.kind === kind && one.id === id)) ?? NONE,
    [documents, kind, id],
  );
  return {
    store,
    view: loaded,
    others,
    complete: documents !== undefined,
    error: answer.error,
    retry: () => void answer.refetch(),
    flush: open?.key === key ? open.flush : async () => undefined,
  };
}
