import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem-error.ts";

/** One cache for the studio: live events keep it fresh, so it does not ask again by itself within half a minute. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) =>
          count < 2 && !(error instanceof ProblemError && error.status >= 400 && error.status < 500),
      },
      mutations: { retry: false },
    },
  });
}
