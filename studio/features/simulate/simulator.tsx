import { useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import type { Workflow } from "#engine/definition/workflow.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import type { Refusal } from "#engine/execute/outcome.ts";
import type { SimulationSetup } from "#engine/execute/simulate.ts";
import { act, advanceTo, nextTimer, type Simulation, simulate } from "#engine/execute/simulate.ts";
import type { Walked } from "#engine/scenario/walked.ts";
import { tellStory } from "#engine/scenario/workflow-tests.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useEditing, useLocked, useOpen } from "../../document/editing.tsx";
import { valueAt } from "../../document/json-value.ts";
import { caseMarks, modelOf } from "../../graph/case-graph.tsx";
import type { Marks } from "../../graph/flow-elements.ts";
import { day } from "../../text/dates.ts";
import { ListSkeleton, Nothing } from "../../ui/states.tsx";
import { useTimeZone } from "../../ui/use-now.ts";
import type { Problems } from "../problems/use-problems.ts";
import { goTo, happened, type Moment, pathOf, type Run, startRun } from "./moments.ts";
import { NowPanel } from "./now-panel.tsx";
import { StartPanel } from "./start-panel.tsx";
import { playedTest } from "./tests/played-test.ts";
import { type Began, recordedTest } from "./tests/recorded-test.ts";
import { StoriesPanel } from "./tests/stories-panel.tsx";
import { documentsOf, useWorkflowTests } from "./tests/use-workflow-tests.ts";
import { TimeBar } from "./time-bar.tsx";
import type { StoredFact } from "./world-for.ts";

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

  const { store } = useEditing();
  const locked = useLocked();
  const [began, setBegan] = useState<Began | null>(null);
  const tests = useWorkflowTests(
    definition?.kind === "workflow" && run === null ? definition : null,
    problems.catalogue,
  );
  // What no test takes is grey until something is simulated.
  const walked = useMemo(() => (tests.coverage?.runs.length ? tests.coverage.parts : []), [tests.coverage]);
  const model = useMemo(() => modelOf(document), [document]);
  useEffect(() => {
    const first = moment?.simulation.cases[0];
    if (!first) {
      onMarks(walked.length === 0 ? undefined : caseMarks(model, walkedMarks(walked)));
      return;
    }
    const now = moment.simulation.now;
    onMarks(caseMarks(model, { ...pathOf(first), whenInWords: (at) => day(at, now, zone) }));
  }, [moment, model, onMarks, zone, walked]);

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

  const begin = (setup: SimulationSetup, facts: readonly StoredFact[]) => {
    setProblem(null);
    setBegan({ setup, facts });
    try {
      const begun = simulate(setup);
      if ("ok" in begun) setProblem(begun.message);
      else setRun(startRun(begun));
    } catch (error) {
      if (!(error instanceof IssuesError)) throw error;
      setProblem(`It cannot run yet. ${error.issues[0]?.message ?? ""} ${error.issues[0]?.hint ?? ""}`);
    }
  };
  const take = (next: Simulation | Refusal, label: string, did?: Moment["did"]) => {
    if ("ok" in next) {
      setProblem(next.message);
      return;
    }
    setProblem(null);
    setRun((old) => (old ? happened(old, { simulation: next, label, ...(did ? { did } : {}) }) : old));
  };
  const doIt = (caseId: string, event: CaseEvent, label: string) =>
    moment && take(act(moment.simulation, caseId, event), label, { caseId, event });
  const jump = (to: number, label: string) => moment && take(advanceTo(moment.simulation, to), label);
  const restart = () => {
    setRun(null);
    setBegan(null);
    setProblem(null);
  };
  const play = async (workflow: Workflow, index: number) => {
    const test = workflow.tests?.[index];
    if (!test) return;
    const { moments, problems: failures } = await playedTest(workflow, test, documentsOf(problems.catalogue), zone);
    setBegan(null);
    setProblem(failures.map((one) => `${one.charAt(0).toUpperCase()}${one.slice(1)}.`).join(" ") || null);
    if (moments.length > 0) setRun({ moments, at: moments.length - 1 });
  };
  const saveAsTest = async (workflow: Workflow, title: string) => {
    if (!run || !began) return false;
    const test = recordedTest(run, began, title);
    const { problems: failures } = await tellStory(workflow, test, documentsOf(problems.catalogue));
    if (failures.length > 0) {
      setProblem(`This cannot be kept as a test: it came out otherwise among made-up people. ${failures[0]}.`);
      return false;
    }
    const { document, run: edit } = store.getState();
    const listed = valueAt(document, ["tests"]);
    edit(setField(["tests"], [...(Array.isArray(listed) ? listed : []), test as unknown as Json]), {
      label: "Save a simulation as a test",
    });
    return true;
  };

  return (
    <>
      {slots.side &&
        createPortal(
          moment && run ? (
            <NowPanel
              simulation={moment.simulation}
              problem={problem}
              onEvent={doIt}
              onRestart={restart}
              {...(definition.kind === "workflow" && began && !locked
                ? { onSave: (title: string) => saveAsTest(definition, title) }
                : {})}
            />
          ) : (
            <StartPanel definition={definition} problems={problems} problem={problem} onStart={begin}>
              {definition.kind === "workflow" && (
                <StoriesPanel tests={tests} onPlay={(index) => void play(definition, index)} />
              )}
            </StartPanel>
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

/** What some test takes, as a path that was gone. */
function walkedMarks(ways: readonly Walked[]): Parameters<typeof caseMarks>[1] {
  const taken = ways.flatMap(({ from, to, event, walkedIn }) => walkedIn.map(() => ({ from, to, event, at: 0 })));
  return { active: [], visited: taken.flatMap(({ from, to }) => [from, to]), taken, timers: [] };
}
