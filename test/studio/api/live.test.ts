import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { LiveEvent } from "#engine/contract/live-event.ts";
import { listen, STALE_BY_TOPIC, type Wire } from "../../../studio/api/live.ts";

function world() {
  const sources: {
    onopen?: () => void;
    onmessage?: (event: { data: string }) => void;
    onerror?: () => void;
    closed: boolean;
  }[] = [];
  const waits: { run: () => void; milliseconds: number; cancelled: boolean }[] = [];
  const wire: Wire = {
    open: () => {
      const source = { closed: false, close: () => (source.closed = true) };
      sources.push(source);
      return source as unknown as EventSource;
    },
    wait: (run, milliseconds) => {
      const one = { run, milliseconds, cancelled: false };
      waits.push(one);
      return one;
    },
    cancel: (handle) => {
      if (handle) (handle as (typeof waits)[number]).cancelled = true;
    },
  };
  const client = new QueryClient();
  const stale = vi.spyOn(client, "invalidateQueries").mockResolvedValue();
  return { sources, waits, stale, stop: listen(client, wire) };
}
const event = (topic: string) => ({ data: JSON.stringify({ topic, id: "1", revision: 2 }) });

describe("live events", () => {
  it("knows for each topic what it makes stale", () => {
    expect(Object.keys(STALE_BY_TOPIC).sort()).toEqual([...LiveEvent.shape.topic.options].sort());
  });

  it("asks once for many messages that come together", () => {
    const { sources, waits, stale } = world();
    for (let index = 0; index < 5000; index += 1) sources[0]!.onmessage!(event("case"));
    expect(stale).not.toHaveBeenCalled();
    expect(waits).toHaveLength(1);
    waits[0]!.run();
    expect(stale).toHaveBeenCalledTimes(STALE_BY_TOPIC.case.length);
    expect(stale).toHaveBeenCalledWith({ queryKey: ["cases"] });
  });

  it("does not care for what it cannot read", () => {
    const { sources, waits } = world();
    sources[0]!.onmessage!({ data: "not json" });
    sources[0]!.onmessage!(event("weather"));
    expect(waits).toHaveLength(0);
  });

  it("comes back with longer and longer pauses, and then takes everything as stale", () => {
    const { sources, waits, stale } = world();
    for (let tries = 0; tries < 8; tries += 1) {
      sources.at(-1)!.onerror!();
      waits.at(-1)!.run();
    }
    expect(waits.map((one) => one.milliseconds)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    sources.at(-1)!.onopen!();
    expect(stale).toHaveBeenCalledExactlyOnceWith();
    sources.at(-1)!.onerror!();
    expect(waits.at(-1)!.milliseconds).toBe(1000);
  });

  it("stops when told", () => {
    const { sources, waits, stop } = world();
    sources[0]!.onerror!();
    stop();
    expect(waits[0]!.cancelled).toBe(true);
    waits[0]!.run();
    expect(sources).toHaveLength(1);
  });
});
