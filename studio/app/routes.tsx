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
  { path: "/invitation", page: lazy(() => import("../features/session/invitation-page.tsx")) },
];

/** Every screen of the studio, one line each. The most specific path wins, wherever it stands. */
export const screens: ScreenRoute[] = [
  { path: "/", page: lazy(() => import("../features/home/home-page.tsx")) },
  { path: "/inbox", page: lazy(() => import("../features/inbox/inbox-page.tsx")) },
  { path: "/cases", page: lazy(() => import("../features/cases/cases-page.tsx")) },
  { path: "/cases/:id", page: lazy(() => import("../features/cases/case-page.tsx")) },
  { path: "/design/:kind", needs: "design", page: lazy(() => import("../features/definitions/definitions-page.tsx")) },
  { path: "/design/workflow/:id", needs: "design", page: lazy(() => import("../features/designer/workflow-page.tsx")) },
  {
    path: "/design/escalation/:id",
    needs: "design",
    page: lazy(() => import("../features/designer/escalation-page.tsx")),
  },
  { path: "/design/plan/:id", needs: "design", page: lazy(() => import("../features/designer/plan-page.tsx")) },
  { path: "/design/ruleset/:id", needs: "design", page: lazy(() => import("../features/designer/ruleset-page.tsx")) },
  { path: "/design/form/:id", needs: "design", page: lazy(() => import("../features/designer/form-page.tsx")) },
  { path: "/design/:kind/:id", needs: "design", page: lazy(() => import("../features/designer/document-page.tsx")) },
  { path: "/parameters", needs: "administer", page: lazy(() => import("../features/parameters/parameters-page.tsx")) },
  { path: "/templates", needs: "design", page: lazy(() => import("../features/templates/templates-page.tsx")) },
  { path: "/people", page: lazy(() => import("../features/people/people-page.tsx")) },
  { path: "/people/:id", page: lazy(() => import("../features/people/person-page.tsx")) },
  { path: "/metrics", page: lazy(() => import("../features/metrics/metrics-page.tsx")) },
  { path: "/metrics/:id", page: lazy(() => import("../features/metrics/metric-page.tsx")) },
  { path: "/payouts", page: lazy(() => import("../features/payouts/payouts-page.tsx")) },
  { path: "/payouts/:id", page: lazy(() => import("../features/payouts/run-page.tsx")) },
  { path: "/payouts/:id/people/:person", page: lazy(() => import("../features/payouts/statement-page.tsx")) },
  { path: "/imports", needs: "administer", page: lazy(() => import("../features/imports/imports-page.tsx")) },
  { path: "/imports/:id", needs: "administer", page: lazy(() => import("../features/imports/import-page.tsx")) },
  { path: "/admin", needs: "administer", page: lazy(() => import("../features/admin/admin-page.tsx")) },
  { path: "/system", needs: "administer", page: lazy(() => import("../features/admin/system-page.tsx")) },
  { path: "/access", needs: "administer", page: lazy(() => import("../features/admin/access-page.tsx")) },
  { path: "*", page: lazy(() => import("./not-found.tsx")) },
];
