import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** One screen: where it lives, what one must be allowed to do (`me.may`), and its page (the default export of a file). */
export interface ScreenRoute {
  path: string;
  needs?: string;
  page: LazyExoticComponent<ComponentType>;
}

/** Screens without the frame around them. */
export const outside: ScreenRoute[] = [
  { path: "/sign-in", page: lazy(() => import("../features/session/sign-in-page.tsx")) },
  { path: "/setup", page: lazy(() => import("../features/session/setup-page.tsx")) },
];

/** Every screen of the studio, one line each. The most specific path wins, wherever it stands. */
export const screens: ScreenRoute[] = [
  { path: "/", page: lazy(() => import("../features/home/home-page.tsx")) },
  { path: "/inbox", page: lazy(() => import("../features/inbox/inbox-page.tsx")) },
  { path: "/cases", page: lazy(() => import("../features/cases/cases-page.tsx")) },
  { path: "/cases/:id", page: lazy(() => import("../features/cases/case-page.tsx")) },
  { path: "*", page: lazy(() => import("./not-found.tsx")) },
];
