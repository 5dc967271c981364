import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ComponentType, createElement, type PropsWithChildren, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { MemoryRouter } from "react-router";
import type { Json } from "#engine/words/json.ts";
import { SessionContext } from "../../studio/api/me.ts";
import { createDocumentStore } from "../../studio/document/document-store.ts";
import { EditingProvider } from "../../studio/document/editing.tsx";

const ME = {
  signedIn: true,
  person: null,
  email: null,
  roles: ["hr-designer"],
  may: ["design"],
  demo: false,
  viewingAs: null,
  personas: [],
  needsSetup: false,
  organisation: { title: "Test", timeZone: "Europe/Berlin", currency: "EUR", calendar: "office" },
  now: Date.UTC(2026, 2, 2, 8, 0),
};

/** The HTML of a part of an editor with this document open and these things selected, as the server of a test draws it. */
export function renderEditor(
  Editor: ComponentType,
  document: { [key: string]: Json },
  selection: readonly string[],
  others: readonly Json[],
): string {
  const store = createDocumentStore({
    kind: String(document.kind),
    id: String(document.id),
    source: JSON.stringify(document),
    revision: 1,
    now: () => 0,
  });
  store.getState().select(selection);
  // React draws on a server from the state that a store began with: here that is what it holds now.
  store.getInitialState = store.getState;
  const Open = ({ children }: PropsWithChildren) =>
    EditingProvider({ value: { store, others, complete: true }, children });
  return renderInStudio(createElement(Open, null, createElement(Editor)));
}

/** The HTML of a part of a screen, with a signed-in designer and the answers that a server would give. */
export function renderInStudio(
  part: ReactElement,
  answers: readonly (readonly [readonly unknown[], unknown])[] = [],
): string {
  const client = new QueryClient({ defaultOptions: { queries: { enabled: false, retry: false } } });
  for (const [key, answer] of answers) client.setQueryData(key, answer);
  const within = [
    (inner: ReactElement) => createElement(SessionContext, { value: { me: ME, ahead: 0 } }, inner),
    (inner: ReactElement) => createElement(MemoryRouter, null, inner),
    (inner: ReactElement) => createElement(QueryClientProvider, { client }, inner),
    (inner: ReactElement) => createElement(MantineProvider, null, inner),
  ];
  return renderToStaticMarkup(within.reduce((inner, wrap) => wrap(inner), part));
}

const CONTROL = /<(input|textarea|select|button)\b[^>]*>(?:([^<]*)<\/textarea>)?/g;
const SAID = /\s(aria-label|value|checked|aria-checked|aria-pressed|placeholder)="([^"]*)"|\s(checked)\b/g;

/** What the controls of some HTML say: their labels and values, in order, without styles and made-up ids. */
export function controlsOf(html: string): string[] {
  return [...html.matchAll(CONTROL)].map((match) =>
    [match[1], ...[...match[0].matchAll(SAID)].map((one) => one[0].trim()), match[2] ?? ""].join(" "),
  );
}
