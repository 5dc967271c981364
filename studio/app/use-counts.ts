import { useMay, useMe } from "../api/me.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { NavigationItem } from "./navigation-items.ts";

/** The numbers beside the navigation, as far as they are known. */
export function useCounts(): Partial<Record<NonNullable<NavigationItem["count"]>, number>> {
  const designs = useMay("design");
  const me = useMe();
  const tasks = useAnswer("tasks", { query: { status: "open", limit: 1 } }, { enabled: me.person !== null });
  const cases = useAnswer("cases", { query: { status: "open", limit: 1 } });
  const people = useAnswer("people", { query: { limit: 1 } });
  const metrics = useAnswer("metrics", {});
  const documents = useAnswer("definitions", { query: {} }, { enabled: designs });
  const kind = (name: string) => documents.data?.items.filter((item) => item.kind === name).length;
  return {
    tasks: tasks.data?.total,
    cases: cases.data?.total,
    people: people.data?.total,
    metrics: metrics.data?.items.length,
    workflow: kind("workflow"),
    escalation: kind("escalation"),
    plan: kind("plan"),
    ruleset: kind("ruleset"),
    form: kind("form"),
  };
}
