import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { createBrowserRouter, RouterProvider } from "react-router";
import { createQueryClient } from "../api/query-client.ts";
import { cssVariables, theme } from "../ui/theme.ts";
import { Failure } from "./failure.tsx";
import { outside, screens } from "./routes.tsx";
import { Screen } from "./screen.tsx";
import { Shell } from "./shell.tsx";

const Toasts = lazy(() => import("./toasts.tsx"));

const router = createBrowserRouter([
  ...outside.map(({ path, page: Page }) => ({
    path,
    element: (
      <Screen>
        <Page />
      </Screen>
    ),
    errorElement: <Failure />,
  })),
  {
    element: <Shell />,
    errorElement: <Failure />,
    children: screens.map(({ path, needs, page: Page }) => ({
      path,
      element: (
        <Screen needs={needs}>
          <Page />
        </Screen>
      ),
      errorElement: <Failure />,
    })),
  },
]);

/** The whole studio: look, cache, routes. */
export function Root() {
  const client = useMemo(createQueryClient, []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Suspense fallback={null}>
          <Toasts />
        </Suspense>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
