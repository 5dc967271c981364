import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { RouteName } from "#engine/contract/routes.ts";
import { type Answer, call, type Input } from "./call.ts";
import type { ProblemError } from "./problem-error.ts";

/** A changing route as a mutation; when it has succeeded, the answers of the routes in `stale` are asked for again. */
export function useCall<Name extends RouteName>(
  name: Name,
  options: { stale?: RouteName[]; onDone?: (answer: Answer<Name>) => void } = {},
): UseMutationResult<Answer<Name>, ProblemError, Input<Name>> {
  const client = useQueryClient();
  return useMutation<Answer<Name>, ProblemError, Input<Name>>({
    mutationFn: (input) => call(name, input),
    onSuccess: (answer) => {
      for (const stale of options.stale ?? []) void client.invalidateQueries({ queryKey: [stale] });
      options.onDone?.(answer);
    },
  });
}
