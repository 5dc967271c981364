import { useHotkeys } from "@mantine/hooks";
import { lazy, Suspense, useEffect } from "react";
import { openPalette, openShortcuts, usePaletteState } from "./palette-state.ts";

const palette = () => import("./command-palette.tsx");
const shortcuts = () => import("./shortcut-list.tsx");
const pages = () => import("./all-pages.tsx");
const CommandPalette = lazy(async () => ({ default: (await palette()).CommandPalette }));
const ShortcutList = lazy(async () => ({ default: (await shortcuts()).ShortcutList }));
const AllPages = lazy(async () => ({ default: (await pages()).AllPages }));

/** After the page has been still for a moment, what may be asked for is fetched, so that asking for it waits for nothing. */
const QUIET = 3000;

/** What opens over a page when somebody asks for it. No page waits for it. */
export function AskedFor({ menu, onCloseMenu }: { menu: boolean; onCloseMenu: () => void }) {
  const state = usePaletteState((all) => all);
  useHotkeys([["mod+K", openPalette]], []);
  useHotkeys([
    ["shift+?", openShortcuts],
    ["?", openShortcuts],
  ]);
  useEffect(() => {
    const soon = setTimeout(() => void Promise.all([palette(), shortcuts(), pages()]), QUIET);
    return () => clearTimeout(soon);
  }, []);
  return (
    <Suspense fallback={null}>
      {state.palette && <CommandPalette />}
      {state.shortcuts && <ShortcutList />}
      {menu && <AllPages onClose={onCloseMenu} />}
    </Suspense>
  );
}
