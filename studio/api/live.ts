import type { QueryClient } from "@tanstack/react-query";
import type { LiveEvent } from "#engine/contract/live-event.ts";
import type { RouteName } from "#engine/contract/routes.ts";

/** Which answers a topic makes stale. */
export const STALE_BY_TOPIC: Record<LiveEvent["topic"], readonly RouteName[]> = {
  case: ["cases", "case", "journal", "home", "definitions", "person"],
  task: ["tasks", "task", "home", "case"],
  definition: ["definitions", "definition", "catalogue", "changes", "parameters", "templates", "home"],
  parameter: ["parameters"],
  job: ["jobs", "job", "imports", "import", "troubles", "system"],
  inbox: ["messages"],
  people: ["people", "person", "units", "me"],
  metric: ["metrics", "series", "observations", "person"],
  payout: ["payoutRuns", "payoutRun", "payoutRows", "myStatements"],
};

/** A launch sends thousands of messages: answers are asked for again at most this often. */
const GATHER = 400;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/** What the subscriber needs of the browser, so that a test can stand in for it. */
export interface Wire {
  open(address: string): EventSource;
  wait(run: () => void, milliseconds: number): unknown;
  cancel(handle: unknown): void;
}

const browserWire: Wire = {
  open: (address) => new EventSource(address),
  wait: (run, milliseconds) => setTimeout(run, milliseconds),
  cancel: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

/**
 * Listens to `/api/events` and makes what changed stale. Reconnects with a doubling pause; after a reconnect everything is
 * stale, since messages may have been missed. Returns the function that stops it.
 */
export function listen(client: QueryClient, wire: Wire = browserWire): () => void {
  let source: EventSource | undefined;
  let pause = FIRST_PAUSE;
  let waiting: unknown;
  let gathering: unknown;
  let missed = false;
  let stopped = false;
  const stale = new Set<RouteName>();

  const flush = () => {
    gathering = undefined;
    for (const name of stale) void client.invalidateQueries({ queryKey: [name] });
    stale.clear();
  };
  const receive = (message: MessageEvent<string>) => {
    const names = staleBy(message.data);
    if (names.length === 0) return;
    for (const name of names) stale.add(name);
    gathering ??= wire.wait(flush, GATHER);
  };
  const connect = () => {
    if (stopped) return;
    source = wire.open("/api/events");
    source.onopen = () => {
      pause = FIRST_PAUSE;
      if (missed) void client.invalidateQueries();
      missed = false;
    };
    source.onmessage = receive;
    source.onerror = () => {
      missed = true;
      source?.close();
      waiting = wire.wait(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };
  connect();
  return () => {
    stopped = true;
    source?.close();
    wire.cancel(waiting);
    wire.cancel(gathering);
  };
}

/** What a message makes stale; nothing for one that is not of ours. Read by hand: every page waits for what is loaded here. */
function staleBy(text: string): readonly RouteName[] {
  try {
    const { topic } = JSON.parse(text) as Partial<LiveEvent>;
    return topic !== undefined && Object.hasOwn(STALE_BY_TOPIC, topic) ? STALE_BY_TOPIC[topic] : [];
  } catch {
    return [];
  }
}
