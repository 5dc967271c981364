import { Button, NumberInput, Rating, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Form, Question } from "#engine/definition/form.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import { availableEvents } from "#engine/execute/possible.ts";
import type { SimulatedCase, Simulation } from "#engine/execute/simulate.ts";
import { activeLeaves } from "#engine/execute/snapshot.ts";
import type { Task } from "#engine/execute/state.ts";
import type { Json } from "#engine/words/json.ts";
import { clock, day } from "../../text/dates.ts";
import { words } from "../../text/kinds.ts";
import { nameList } from "../../text/person.ts";
import { Chip } from "../../ui/chip.tsx";
import { useTimeZone } from "../../ui/use-now.ts";
import { nameIn } from "./moments.ts";
import classes from "./simulate.module.css";
import { SaveAsTest } from "./tests/save-as-test.tsx";

type Act = (caseId: string, event: CaseEvent, label: string) => void;

/** What stands at this moment: where the case is, who has what to do, what was written to whom. */
export function NowPanel({
  simulation,
  problem,
  onEvent,
  onRestart,
  onSave,
}: {
  simulation: Simulation;
  problem: string | null;
  onEvent: Act;
  onRestart: () => void;
  /** Keeps what happened so far as a test; answers whether it could. */
  onSave?: (title: string) => Promise<boolean>;
}) {
  const [tab, setTab] = useState("now");
  const zone = useTimeZone();
  const entries = simulation.cases.reduce((all, { journal }) => all + journal.length, simulation.now);
  const messages = [...simulation.messages].sort((a, b) => a.at - b.at);
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <div>
          <h2>{day(simulation.now, simulation.now, zone)}</h2>
          <span className="quiet">{clock(simulation.now, zone)}</span>
        </div>
        <Button size="compact-sm" variant="default" onClick={onRestart}>
          Start over
        </Button>
      </div>
      <SegmentedControl
        fullWidth
        size="xs"
        value={tab}
        onChange={setTab}
        data={[
          { value: "now", label: "To do" },
          { value: "messages", label: `Messages (${messages.length})` },
        ]}
      />
      {problem && (
        <p role="alert" className="bad">
          {problem}
        </p>
      )}
      {onSave && <SaveAsTest key={entries} likely={likelyTitle(simulation)} onSave={onSave} />}
      {tab === "now" &&
        simulation.cases.map((one) => (
          <CaseBox
            key={one.state.id}
            one={one}
            simulation={simulation}
            onEvent={onEvent}
            first={one === simulation.cases[0]}
          />
        ))}
      {tab === "messages" && (
        <ol className={classes.chat}>
          {messages.map((message) => (
            <li key={message.id} data-kind={message.kind}>
              <span className={classes.when}>
                {day(message.at, simulation.now, zone)}, {clock(message.at, zone)}
              </span>
              <strong>To {nameList(message.to.map((person) => ({ name: nameIn(simulation, person) })))}</strong>
              <div className={classes.bubble}>
                <span>{message.title}</span>
                {message.body && <p>{message.body}</p>}
              </div>
            </li>
          ))}
          {messages.length === 0 && <li className="secondary">Nobody has been told anything yet.</li>}
        </ol>
      )}
    </div>
  );
}

/** A title that tells how it went; the author may say it better. */
function likelyTitle({ cases }: Simulation): string {
  const first = cases[0]!;
  const { state, compiled } = first;
  if (state.status === "closed") return `Ends as ${words(state.outcome ?? "closed").toLowerCase()}`;
  const here = activeLeaves(compiled, first.journal.at(-1)?.active ?? []);
  const titles = here.map((step) => compiled.map.steps.get(step)?.step.title ?? step);
  return `Comes to ${titles.join(" and ") || "where it waits"}`;
}

const STATUS = { open: "accent", blocked: "bad", closed: "good", cancelled: "quiet" } as const;

function CaseBox({
  one,
  simulation,
  onEvent,
  first,
}: {
  one: SimulatedCase;
  simulation: Simulation;
  onEvent: Act;
  first: boolean;
}) {
  const { state, compiled } = one;
  const definition = simulation.setup.catalogue.find(state.definition.kind, state.definition.id);
  const tasks = Object.values(state.tasks);
  // An event that is an outcome of a task is given there.
  const given = new Set(tasks.flatMap((task) => task.outcomes));
  const events = availableEvents(compiled, state).filter((event) => event.task === null && !given.has(event.event));
  const waiting = state.pending.filter((one_) => one_.kind === "call" || one_.kind === "payout");
  return (
    <section className={classes.case} aria-label={definition?.title ?? state.definition.id}>
      <div className={classes.head}>
        <strong>{first ? "This case" : (definition?.title ?? state.definition.id)}</strong>
        <Chip tone={STATUS[state.status]}>
          {state.status === "closed" ? (state.outcome ?? "closed") : state.status}
        </Chip>
      </div>
      {state.blocks.map((block) => (
        <p key={`${block.step} ${block.code}`} className="bad">
          {block.message}
        </p>
      ))}
      {tasks.map((task) => (
        <TaskBox key={task.id} task={task} caseId={state.id} simulation={simulation} onEvent={onEvent} />
      ))}
      {waiting.map((pending) => (
        <div key={pending.effect} className={classes.task}>
          <span>
            {pending.kind === "call" ? "Waits for another system" : "Waits for the payout"} at{" "}
            <strong>{compiled.map.steps.get(pending.step)?.step.title ?? pending.step}</strong>
          </span>
          <div className={classes.buttons}>
            {["done", "failed"].map((outcome) => (
              <Button
                key={outcome}
                size="compact-sm"
                variant="default"
                onClick={() => onEvent(state.id, { type: "answer", effect: pending.effect, outcome }, outcome)}
              >
                {words(outcome)}
              </Button>
            ))}
          </div>
        </div>
      ))}
      {events.length > 0 && (
        <div className={classes.buttons}>
          {events.map((event) => (
            <Button
              key={`${event.step} ${event.event}`}
              size="compact-sm"
              variant="default"
              title={`An event at ${event.title}`}
              onClick={() => onEvent(state.id, { type: "event", event: event.event, by: null }, words(event.event))}
            >
              {words(event.event)}
            </Button>
          ))}
        </div>
      )}
      {tasks.length + waiting.length + events.length === 0 && state.status === "open" && (
        <p className="secondary">Waits for time: jump to the next timer below.</p>
      )}
      {state.result && Object.keys(state.result).length > 0 && (
        <p className="secondary">
          Result:{" "}
          {Object.entries(state.result)
            .map(
              ([name, value]) =>
                `${words(name).toLowerCase()} ${typeof value === "string" ? value : JSON.stringify(value)}`,
            )
            .join(", ")}
        </p>
      )}
    </section>
  );
}

function TaskBox({
  task,
  caseId,
  simulation,
  onEvent,
}: {
  task: Task;
  caseId: string;
  simulation: Simulation;
  onEvent: Act;
}) {
  const zone = useTimeZone();
  const form = task.form === null ? undefined : simulation.setup.catalogue.find("form", task.form);
  const [answers, setAnswers] = useState<Record<string, Json>>({});
  const by = task.assignees[0] ?? null;
  return (
    <div className={classes.task}>
      <div>
        <strong>{task.title}</strong>
        <div className="secondary" title={task.because}>
          {nameList(task.assignees.map((person) => ({ name: nameIn(simulation, person) })))}
          {task.dueAt !== null && (
            <span className={task.overdue ? "bad" : ""}>
              {task.overdue ? ", late since " : ", due "}
              {day(task.dueAt, simulation.now, zone)}
            </span>
          )}
        </div>
      </div>
      {form && <Answers form={form} answers={answers} onChange={setAnswers} />}
      <div className={classes.buttons}>
        {task.outcomes.map((outcome) => (
          <Button
            key={outcome}
            size="compact-sm"
            variant="light"
            onClick={() =>
              onEvent(
                caseId,
                { type: "complete", task: task.id, outcome, by, ...(form ? { answers } : {}) },
                `${task.title}: ${words(outcome).toLowerCase()}`,
              )
            }
          >
            {words(outcome)}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** The questions of a task's form, small. What is left empty is sent as not answered. */
function Answers({
  form,
  answers,
  onChange,
}: {
  form: Form;
  answers: Record<string, Json>;
  onChange: (next: Record<string, Json>) => void;
}) {
  const questions = form.sections.flatMap((section) => section.questions);
  return (
    <details className={classes.facts}>
      <summary>
        Answers ({Object.keys(answers).length} of {questions.length})
      </summary>
      {questions.map((question) => (
        <OneAnswer
          key={question.id}
          question={question}
          form={form}
          value={answers[question.id]}
          onChange={(value) => onChange({ ...answers, [question.id]: value })}
        />
      ))}
    </details>
  );
}

function OneAnswer({
  question,
  form,
  value,
  onChange,
}: {
  question: Question;
  form: Form;
  value: Json | undefined;
  onChange: (value: Json) => void;
}) {
  const label = `${question.title}${question.required ? " *" : ""}`;
  if (question.type === "rating") {
    const most = form.scale ? form.scale.values.length : 5;
    return (
      <div>
        <div className={classes.question}>{label}</div>
        <Rating
          role="radiogroup"
          aria-label={label}
          count={most}
          value={typeof value === "number" ? (form.scale ? form.scale.values.indexOf(value) + 1 : value) : 0}
          onChange={(next) => onChange(form.scale?.values[next - 1] ?? next)}
        />
      </div>
    );
  }
  if (question.of?.length)
    return (
      <Select
        size="xs"
        label={label}
        data={question.of.map(String)}
        value={value === undefined ? null : String(value)}
        onChange={(next) => onChange(question.of?.find((one) => String(one) === next) ?? null)}
      />
    );
  if (question.type === "yes-no")
    return (
      <Switch
        size="xs"
        label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (["number", "money", "percent"].includes(question.type))
    return (
      <NumberInput
        size="xs"
        label={label}
        value={typeof value === "number" ? value : ""}
        onChange={(next) => typeof next === "number" && onChange(next)}
      />
    );
  return (
    <TextInput
      size="xs"
      label={label}
      type={question.type === "date" ? "date" : "text"}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
