import { monitorEventLoopDelay } from "node:perf_hooks";

let histogram: ReturnType<typeof monitorEventLoopDelay> | undefined;

/** How late the event loop ran at the 99th percentile since the last question, in milliseconds. Measures from the first on. */
export function eventLoopDelay(): number {
  if (!histogram) {
    histogram = monitorEventLoopDelay({ resolution: 20 });
    histogram.enable();
    return 0;
  }
  const delay = histogram.percentile(99) / 1e6;
  histogram.reset();
  return Number.isFinite(delay) ? Math.round(delay * 10) / 10 : 0;
}
