import { createContext, type ReactNode, useCallback, useContext } from "react";
import { useStore } from "zustand";
import type { Json } from "#engine/words/json.ts";
import { setField } from "./commands/set-field.ts";
import type { Command, Gesture } from "./document-state.ts";
import type { DocumentStore, OpenDocument } from "./document-store.ts";
import { isObject, valueAt } from "./json-value.ts";
import type { FindDocument } from "./workflow/events.ts";

/** What every part of an editor needs: the open document, and the other documents it may refer to. */
export interface Editing {
  store: DocumentStore;
  /** All documents as they stand (draft over live), this one as it is on the screen left out. */
  others: readonly Json[];
  /** Whether the others have arrived; before that, references to them are not judged. */
  complete: boolean;
}

const EditingContext = createContext<Editing | null>(null);

export function EditingProvider({ value, children }: { value: Editing; children: ReactNode }) {
  return <EditingContext value={value}>{children}</EditingContext>;
}

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("editing hooks need an EditingProvider around them");
  return editing;
}

/** A part of the open document's state; draws again only when that part changes. */
export function useOpen<Part>(select: (state: OpenDocument) => Part): Part {
  return useStore(useEditing().store, select);
}

/** The value at a path of the document; the same object for as long as it says the same. */
export function useValue(path: readonly (string | number)[]): Json | undefined {
  return useOpen((state) => valueAt(state.document, path));
}

/** Runs commands on the open document. */
export function useRun(): (command: Command, gesture: Omit<Gesture, "at"> | string) => void {
  const { store } = useEditing();
  return useCallback(
    (command, gesture) => store.getState().run(command, typeof gesture === "string" ? { label: gesture } : gesture),
    [store],
  );
}

/**
 * A field of the document: its value and a setter. Setting it again and again while typing is one step of undo; what is said
 * to be a `step` is one of its own, under that name.
 */
export function useField(
  path: readonly (string | number)[],
  label: string,
): [Json | undefined, (value: Json | undefined, step?: string) => void] {
  const value = useValue(path);
  const run = useRun();
  const key = path.join("/");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the path
  const set = useCallback(
    (next: Json | undefined, step?: string) =>
      run(setField(path, next), step === undefined ? { label, group: key } : { label: step }),
    [run, key, label],
  );
  return [value, set];
}

/** Whether the document cannot be changed now: an old version, or text that is not JSON at the moment. */
export function useLocked(): boolean {
  return useOpen((state) => state.readOnly || state.problem !== null);
}

/** Finds another document by kind and id. */
export function useFindDocument(): FindDocument {
  const { others } = useEditing();
  return useCallback((kind, id) => others.find((one) => isObject(one) && one.kind === kind && one.id === id), [others]);
}

/** The documents of a kind as choices, by title. */
export function useDocumentsOf(kind: string): { value: string; label: string }[] {
  const { others } = useEditing();
  return others
    .flatMap((one) =>
      isObject(one) && one.kind === kind ? [{ value: String(one.id), label: String(one.title ?? one.id) }] : [],
    )
    .sort((a, b) => a.label.localeCompare(b.label));
}
