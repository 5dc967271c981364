import { Button, Menu, Select } from "@mantine/core";
import { useState } from "react";
import type { Command } from "#engine/contract/commands.ts";
import type { CaseView } from "#engine/contract/views/cases.ts";
import { call } from "../../api/call.ts";
import { useCall } from "../../api/use-call.ts";
import { words } from "../../text/kinds.ts";
import { nameList } from "../../text/person.ts";
import { PersonChooser } from "../../ui/person-chooser.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { tell, tellProblem } from "../../ui/tell.ts";
import { MoveDialog } from "./move-dialog.tsx";

type Act = "hand" | "retry" | "pause" | "resume" | "transfer" | null;

/** What an admin may do to a case, each with its reason; and the check that the journal gives what is stored. */
export function CaseActions({ view }: { view: CaseView }) {
  const [act, setAct] = useState<Act>(null);
  const [task, setTask] = useState<string | null>(null);
  const [person, setPerson] = useState<string | null>(null);
  const command = useCall("command", { stale: ["case", "cases", "tasks", "home"] });
  const id = view.case.id;
  const running = view.case.status === "open" || view.case.status === "blocked";
  const open = view.tasks.filter((one) => one.status === "open");
  const chosen = task ?? (open.length === 1 ? (open[0]?.id ?? null) : null);
  // The author's own events: an outcome of a task is given in its form, not here.
  const events = view.possible.filter((one) => !open.some((of) => of.outcomes.includes(one.event)));

  const send = (asked: Command, done: string) =>
    command.mutate(
      { params: { id }, body: { command: asked, expectedRevision: view.case.revision } },
      {
        onSuccess: () => {
          tell(done);
          setAct(null);
        },
        onError: (error) => tellProblem(error),
      },
    );
  const verify = async () => {
    try {
      const answer = await call("verifyCase", { params: { id } });
      if (answer.ok) tell(answer.message);
      else tellProblem(new Error(answer.message), "The journal does not give what is stored");
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <>
      {view.paused && !view.paused.with && view.mayAdminister && running && (
        <Button onClick={() => setAct("resume")}>Let it go on…</Button>
      )}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button variant="default">Actions</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {running && events.length > 0 && <Menu.Label>Tell the case</Menu.Label>}
          {running &&
            events.map((one) => (
              <Menu.Item
                key={`${one.step}${one.event}`}
                onClick={() => send({ type: "event", event: one.event }, `${words(one.event)}: the case knows.`)}
              >
                {words(one.event)} <span className="quiet">({one.title})</span>
              </Menu.Item>
            ))}
          {view.mayAdminister && running && (
            <>
              <Menu.Label>Administer</Menu.Label>
              {open.length > 0 && (
                <Menu.Item onClick={() => setAct("transfer")}>Hand a task to someone else…</Menu.Item>
              )}
              <Menu.Item onClick={() => setAct("retry")} disabled={view.case.status !== "blocked"}>
                Try again…
              </Menu.Item>
              {!view.paused && <Menu.Item onClick={() => setAct("pause")}>Pause it…</Menu.Item>}
            </>
          )}
          {view.mayAdminister && (
            <Menu.Item onClick={() => setAct("hand")}>{running ? "Move, correct or cancel…" : "Reopen…"}</Menu.Item>
          )}
          <Menu.Label>Check</Menu.Label>
          <Menu.Item onClick={() => void verify()}>Replay the journal</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {act === "hand" && (
        <MoveDialog
          which={{ cases: [id] }}
          total={1}
          document={view.document}
          may={running ? ["move", "set-data", "cancel"] : ["reopen"]}
          onClose={() => setAct(null)}
        />
      )}
      {act === "pause" && (
        <ReasonDialog
          title="Pause this case"
          explain="Its clocks stand still with what is left of them, and its tasks wait. Nothing is lost."
          confirm="Pause it"
          busy={command.isPending}
          onClose={() => setAct(null)}
          onConfirm={(reason) => send({ type: "pause", reason }, "The case is paused.")}
        />
      )}
      {act === "resume" && (
        <ReasonDialog
          title="Let it go on"
          explain="Its clocks run on with what was left of them."
          confirm="Let it go on"
          busy={command.isPending}
          onClose={() => setAct(null)}
          onConfirm={(reason) => send({ type: "resume", reason }, "The case goes on.")}
        />
      )}
      {act === "retry" && (
        <ReasonDialog
          title="Try again"
          explain="The people of the blocked step are looked for anew."
          confirm="Try again"
          busy={command.isPending}
          onClose={() => setAct(null)}
          onConfirm={(reason) => send({ type: "retry", reason }, "Tried again.")}
        />
      )}
      {act === "transfer" && (
        <ReasonDialog
          title="Hand a task to someone else"
          explain="The new person finds it in their inbox with what was typed so far; the due date stays."
          confirm="Hand over"
          busy={command.isPending}
          ready={chosen !== null && person !== null}
          onClose={() => setAct(null)}
          onConfirm={(reason) =>
            chosen && person && send({ type: "transfer", task: chosen, to: person, reason }, "Handed over.")
          }
        >
          <Select
            label="Task"
            required
            data={open.map((one) => ({ value: one.id, label: `${one.title}, ${nameList(one.assignees)}` }))}
            value={chosen}
            onChange={setTask}
          />
          <PersonChooser label="To" required value={person} onChange={(next) => setPerson(next)} />
        </ReasonDialog>
      )}
    </>
  );
}
