import type { LiveEvent } from "#engine/contract/live-event.ts";
import type { Access } from "../access/access.ts";
import type { Reader } from "../access/reader.ts";
import type { Change } from "../commands/events.ts";
import type { Runtime } from "../commands/runtime.ts";
import { visibleCases } from "../projections/visible-cases.ts";
import { seenCases, seenJobs, seenTasks } from "../store/seen-read.ts";

/** Changes are gathered this long and asked about in one query: a launch of thousands costs a listener a few questions. */
const GATHER_MS = 150;
/** Of one kind at once; what is more is told as one "something changed". */
const MOST_AT_ONCE = 2_000;

const TOPICS: Partial<Record<Change["topic"], LiveEvent["topic"]>> = {
  case: "case",
  task: "task",
  inbox: "inbox",
  definition: "definition",
  parameter: "parameter",
  job: "job",
  organisation: "people",
  observations: "metric",
  records: "metric",
  payouts: "payout",
};

/**
 * Passes on what one listener may hear of: cases and tasks that the policy opens, their own inbox, jobs they started or
 * administer. The policy is asked anew each time, so a role taken away ends what is heard within half a minute.
 */
export function liveFilter(runtime: Runtime, access: Access, headers: Headers, tell: (event: LiveEvent) => void) {
  const asked = { case: new Map<string, number>(), task: new Map<string, number>(), job: new Map<string, number>() };
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const flush = async () => {
    timer = undefined;
    const reader = await access.reader(headers);
    if (!reader.signedIn) return;
    for (const topic of ["case", "task", "job"] as const) {
      const changes = [...asked[topic]].slice(0, MOST_AT_ONCE);
      asked[topic].clear();
      if (changes.length === 0) continue;
      const seen = await visible(
        runtime,
        reader,
        topic,
        changes.map(([id]) => id),
      );
      if (closed) return;
      for (const [id, revision] of changes) if (seen.has(id)) tell({ topic, id, revision });
    }
  };

  const hear = (change: Change): void => {
    const topic = TOPICS[change.topic];
    if (closed || topic === undefined) return;
    if (topic === "case" || topic === "task" || topic === "job") {
      asked[topic].set(change.id, change.revision);
      timer ??= setTimeout(() => {
        flush().catch((cause: unknown) => runtime.log.warn({ err: cause }, "a listener could not be told"));
      }, GATHER_MS);
      return;
    }
    void access.reader(headers).then(
      (reader) => {
        if (closed || !reader.signedIn) return;
        if (topic === "inbox" && change.id !== reader.personId) return;
        // Of payouts, only those who run plans learn which; everybody else only that theirs may have changed.
        const id = topic === "payout" && !reader.policy.may("incentives") ? "mine" : change.id;
        tell({ topic, id, revision: change.revision });
      },
      (cause: unknown) => runtime.log.warn({ err: cause }, "a listener could not be told"),
    );
  };

  return {
    hear,
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function visible(
  runtime: Runtime,
  reader: Reader,
  topic: "case" | "task" | "job",
  ids: string[],
): Promise<Set<string>> {
  switch (topic) {
    case "case":
      return seenCases(runtime.db, visibleCases(reader), ids);
    case "task":
      return seenTasks(runtime.db, visibleCases(reader), ids);
    case "job":
      return seenJobs(runtime.db, reader.policy.may("administer") ? null : (reader.personId ?? ""), ids);
  }
}
