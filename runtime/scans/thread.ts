import { parentPort, workerData } from "node:worker_threads";
import { type Fresh, openScanDesk, type ScanDesk } from "./desk.ts";
import { type ImpactRequest, type Population, scanImpact, scanPopulation } from "./impact.ts";
import type { Step } from "./person-values.ts";

/** The scans there are, by name. */
const SCANS = { impact: scanImpact, population: scanPopulation };
type Scans = typeof SCANS;
export type ScanName = keyof Scans;
export interface ScanRequest {
  impact: ImpactRequest;
  population: Population;
}
export type ScanAnswer<Name extends ScanName> = Awaited<ReturnType<Scans[Name]>>;
type Scan = (desk: ScanDesk, request: ScanRequest[ScanName], step: Step) => Promise<ScanAnswer<ScanName>>;

/** How the thread is opened. */
export interface ThreadData {
  url: string;
  token: string | undefined;
}

export type ToThread =
  | { ask: "scan"; run: number; scan: ScanName; request: ScanRequest[ScanName]; fresh: Fresh }
  | { ask: "cancel"; run: number };

export type FromThread =
  | { of: "step"; run: number; done: number; total: number }
  | { of: "answer"; run: number; answer: ScanAnswer<ScanName> }
  | { of: "cancelled"; run: number }
  | { of: "failure"; run: number; cause: unknown };

class Cancelled extends Error {}

const { url, token } = workerData as ThreadData;
const port = parentPort!;
const desk = openScanDesk(url, token);
const cancelled = new Set<number>();
const say = (message: FromThread) => port.postMessage(message);
/** One after the other: each has the processor and the connection to itself. */
let last: Promise<void> = Promise.resolve();

port.on("message", (message: ToThread) => {
  if (message.ask === "cancel") {
    cancelled.add(message.run);
    return;
  }
  last = last.then(() => work(message));
});

async function work({ run, scan, request, fresh }: ToThread & { ask: "scan" }): Promise<void> {
  try {
    const ready = await desk;
    await ready.freshen(fresh);
    const answer = await (SCANS[scan] as Scan)(ready, request, (done, total) => {
      if (cancelled.has(run)) throw new Cancelled();
      say({ of: "step", run, done, total });
    });
    say({ of: "answer", run, answer });
  } catch (cause) {
    say(cause instanceof Cancelled ? { of: "cancelled", run } : { of: "failure", run, cause });
  } finally {
    cancelled.delete(run);
  }
}
