import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { RouteName } from "#engine/contract/routes.ts";
import { type Answer, call, type Input } from "./call.ts";
import type { ProblemError } from "./problem-error.ts";

/** The cache key of an answer; the first part is the route, so that a live event can make a whole route stale. */
export const answerKey = <Name extends RouteName>(name: Name, input: Input<Name>) => [name, input] as const;

export interface AnswerOptions {
  /** Do not ask while false. */
  enabled?: boolean;
  /** Keep showing the last answer while one with other filters is on its way. */
  keep?: boolean;
  /** Ask again every so many milliseconds. */
  every?: number | false;
}

/** What a GET route answers, cached, refreshed by live events. */
export function useAnswer<Name extends RouteName>(
  name: Name,
  input: Input<Name>,
  options: AnswerOptions = {},
): UseQueryResult<Answer<Name>, ProblemError> {
  return useQuery<Answer<Name>, ProblemError>({
    queryKey: answerKey(name, input),
    queryFn: ({ signal }) => call(name, input, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

type Paged<Name extends RouteName> = Answer<Name> extends { items: (infer Item)[]; next: string | null } ? Item : never;

/** A long list, page by page: `items` so far, the total, and `more()` for the next page. */
export function usePages<Name extends RouteName>(name: Name, input: Input<Name>, options: AnswerOptions = {}) {
  const query = useInfiniteQuery({
    queryKey: [name, input, "pages"] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => {
      const given = input as { query?: Record<string, unknown> };
      const asked = { ...given, query: { ...given.query, ...(pageParam ? { cursor: pageParam } : {}) } };
      return call(name, asked as unknown as Input<Name>, signal) as Promise<{
        items: Paged<Name>[];
        total: number;
        next: string | null;
      }>;
    },
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    total: query.data?.pages[0]?.total ?? 0,
    error: query.error as ProblemError | null,
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    refetch: () => void query.refetch(),
  };
}
