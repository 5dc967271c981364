import { useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import type { CaseEvent } from "#engine/execute/journal.ts";
import type { Refusal } from "#engine/execute/outcome.ts";
import type { SimulationSetup } from "#engine/execute/simulate.ts";
import { act, advanceTo, nextTimer, type Simulation, simulate } from "#engine/execute/simulate.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { useOpen } from "../../document/editing.tsx";
import { caseMarks, modelOf } from "../../graph/case-graph.tsx";
import type { Marks } from "../../graph/flow-elements.ts";
import { day } from "../../text/dates.ts";
import { ListSkeleton, Nothing } from "../../ui/states.tsx";
import { useTimeZone } from "../../ui/use-now.ts";
import type { Problems } from "../problems/use-problems.ts";
import { goTo, happened, pathOf, type Run, startRun } from "./moments.ts";
import { NowPanel } from "./now-panel.tsx";
import { StartPanel } from "./start-panel.tsx";
import { TimeBar } from "./time-bar.tsx";

/**
 * The simulator: the open draft run in the browser on the real organisation with a virtual clock. It draws nothing itself:
 * the marks go onto the canvas that is there, people and messages to the side, time below.
 */
export default function Simulator({
  problems,
  slots,
  onMarks,
}: {
  problems: Problems;
  slots: { side: HTMLElement | null; below: HTMLElement | null };
  onMarks: (marks: Marks | undefined) => void;
  onStop: () => void;
}) {
  const document = useOpen((state) => state.document);
  const zone = useTimeZone();
  const [run, setRun] = useState<Run | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const definition = problems.definition;
  const moment = run?.moments[run.at];

  const model = useMemo(() => modelOf(document), [document]);
  useEffect(() => {
    const first = moment?.simulation.cases[0];
    if (!first) {
      onMarks(undefined);
      return;
    }
    const now = moment.simulation.now;
    onMarks(caseMarks(model, { ...pathOf(first), whenInWords: (at) => day(at, now, zone) }));
  }, [moment, model, onMarks, zone]);

  if (!problems.checked) return slots.side ? createPortal(<ListSkeleton rows={5} />, slots.side) : null;
  if (!definition || (definition.kind !== "workflow" && definition.kind !== "escalation"))
    return slots.side
      ? createPortal(
          <Nothing title="It cannot run yet">
            Its shape is not right. Put the problems right that the panel names, then simulate again.
          </Nothing>,
          slots.side,
        )
      : null;

  const begin = (setup: SimulationSetup) => {
    setProblem(null);
    try {
      const begun = simulate(setup);
      if ("ok" in begun) setProblem(begun.message);
      else setRun(startRun(begun));
    } catch (error) {
      if (!(error instanceof IssuesError)) throw error;
      setProblem(`It cannot run yet. ${error.issues[0]?.message ?? ""} ${error.issues[0]?.hint ?? ""}`);
    }
  };
  const take = (next: Simulation | Refusal, label: string) => {
    if ("ok" in next) {
      setProblem(next.message);
      return;
    }
    setProblem(null);
    setRun((old) => (old ? happened(old, next, label) : old));
  };
  const doIt = (caseId: string, event: CaseEvent, label: string) =>
    moment && take(act(moment.simulation, caseId, event), label);
  const jump = (to: number, label: string) => moment && take(advanceTo(moment.simulation, to), label);

  return (
    <>
      {slots.side &&
        createPortal(
          moment && run ? (
            <NowPanel simulation={moment.simulation} problem={problem} onEvent={doIt} onRestart={() => setRun(null)} />
          ) : (
            <StartPanel definition={definition} problems={problems} problem={problem} onStart={begin} />
          ),
          slots.side,
        )}
      {slots.below &&
        createPortal(
          <TimeBar
            run={run}
            next={moment ? nextTimer(moment.simulation) : undefined}
            onGo={(at) => setRun((old) => (old ? goTo(old, at) : old))}
            onJump={jump}
          />,
          slots.below,
        )}
    </>
  );
}
