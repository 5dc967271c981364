import type { SystemView, TroubleView } from "#engine/contract/routes/operations.ts";
import { count } from "../../text/number.ts";

export type TroubleKind = TroubleView["kind"];
export type FixAction = TroubleView["can"][number];

interface KindWords {
  title: string;
  meaning: string;
  none: string;
  noneMore: string;
  heading(total: number): string;
  count(troubles: SystemView["troubles"]): number;
}

/** The kinds of trouble, in the order of how much somebody waits for them. */
export const KINDS: Record<TroubleKind, KindWords> = {
  blocked: {
    title: "Blocked cases",
    meaning: "Nobody can go on with these: put the data right, then try again. They go on from where they stand.",
    none: "No case is blocked",
    noneMore: "A case that finds nobody for a step, or no way on, appears here at once.",
    heading: (total) => (total === 0 ? "Blocked cases" : count(total, "blocked case")),
    count: ({ blocked }) => blocked,
  },
  "dead-letter": {
    title: "Dead letters",
    meaning: "Messages and calls that were given up after several tries. Tried again, they begin anew.",
    none: "Everything could be delivered",
    noneMore: "What cannot be delivered after several tries appears here, with the answer of the other side.",
    heading: (total) => (total === 0 ? "Dead letters" : count(total, "dead letter")),
    count: ({ deadLetters }) => deadLetters,
  },
  incident: {
    title: "Incidents",
    meaning: "Events and timers that failed and were set aside, so that everything else goes on.",
    none: "Nothing was set aside",
    noneMore: "An event or a timer that fails is set aside here with its reason; the other cases go on.",
    heading: (total) => (total === 0 ? "Incidents" : count(total, "incident")),
    count: ({ incidents }) => incidents,
  },
};

/** The ways to put something right. */
export const ACTIONS: Record<FixAction, { verb: string; explain: string }> = {
  retry: {
    verb: "Try again",
    explain:
      "It goes on from the same point, with the data as they are now. What was tried before stays in the history.",
  },
  discard: {
    verb: "Discard",
    explain:
      "It will not be done. A case that waits for it goes on by its way for failures; one that nothing else moves on is not left alone.",
  },
  cancel: {
    verb: "Cancel the case",
    explain: "The case ends here; its tasks and timers are taken away. That cannot be undone.",
  },
};
