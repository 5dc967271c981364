import { useEffect, useMemo, useRef, useState } from "react";
import type { ImpactView } from "#engine/contract/views/impact.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { compiledOrNot } from "#engine/rules/ruleset-tests.ts";
import type { Json } from "#engine/words/json.ts";
import { call } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";

/** Where a comparison stands. The last answer stays while the next is on its way. */
export interface Impact {
  answer: ImpactView | null;
  /** From asking to showing, in milliseconds. */
  tookMs: number;
  running: { done: number; total: number } | null;
  /** Why there is none. */
  message: string | null;
  cancel: () => void;
  again: () => void;
}

/** Asked this long after the last edit, in milliseconds. */
const QUIET = 400;
/** What takes longer than this says how far it is, and then this often. */
const PATIENCE = 500;
const UNREADABLE = "The rules cannot be read yet; the problems say where.";

/** Compares the draft on the screen with what is live, again after each edit; an older question is cancelled. */
export function useImpact(ruleset: Ruleset | null, asked: { period: string | null; unit: string | null }): Impact {
  const { period, unit } = asked;
  const [answer, setAnswer] = useState<ImpactView | null>(null);
  const [tookMs, setTook] = useState(0);
  const [running, setRunning] = useState<Impact["running"]>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const stop = useRef<AbortController | null>(null);
  // Checks make a new object each time they run: only rules that say something else are asked about again.
  const said = useMemo(() => JSON.stringify(ruleset), [ruleset]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the rules say stands for them, and a turn asks again
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    const run = crypto.randomUUID();
    let poll: ReturnType<typeof setInterval> | undefined;
    const ask = async () => {
      if (!ruleset || !compiledOrNot(ruleset)) {
        setAnswer(null);
        setMessage(UNREADABLE);
        return;
      }
      const params = { id: ruleset.id };
      setRunning({ done: 0, total: 0 });
      setMessage(null);
      poll = setInterval(() => {
        call("impactProgress", { params: { ...params, run } }, controller.signal).then(setRunning, () => undefined);
      }, PATIENCE);
      const started = performance.now();
      try {
        const found = await call(
          "impact",
          {
            params,
            body: {
              document: ruleset as unknown as Json,
              run,
              ...(period === null ? {} : { period }),
              ...(unit === null ? {} : { unit }),
            },
          },
          controller.signal,
        );
        setAnswer(found);
        setTook(performance.now() - started);
      } catch (error) {
        if (!controller.signal.aborted) setMessage(sentenceOf(error));
      } finally {
        clearInterval(poll);
        if (stop.current === controller) setRunning(null);
      }
    };
    const timer = setTimeout(() => void ask(), answer || message ? QUIET : 0);
    return () => {
      clearTimeout(timer);
      clearInterval(poll);
      controller.abort();
    };
  }, [said, period, unit, turn]);
  return {
    answer,
    tookMs,
    running,
    message,
    cancel: () => {
      stop.current?.abort();
      setRunning(null);
      setMessage("Cancelled.");
    },
    again: () => setTurn((old) => old + 1),
  };
}
