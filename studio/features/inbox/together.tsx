import { Button, Modal, Select, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import type { TaskView } from "#engine/contract/views/cases.ts";
import { useMaybeMe } from "../../api/me.ts";
import { useCall } from "../../api/use-call.ts";
import { nameList } from "../../text/person.ts";
import { tell, tellProblem } from "../../ui/tell.ts";
import { When } from "../../ui/when.tsx";
import type { Answers } from "./form/form-state.ts";
import classes from "./inbox.module.css";

/** With whom one works on a task, who has it now, who hands it in, and from when it may be begun and handed in. */
export function TogetherLine({ view, now }: { view: TaskView; now: number }) {
  const { together, opensAt, leavesFrom } = view;
  const early = opensAt !== undefined && opensAt > now;
  const held = leavesFrom !== undefined && leavesFrom > now;
  if (!together && !early && !held) return null;
  return (
    <div className={classes.card}>
      {together && (
        <p>
          {together.mode === "iterative" ? "Passed to and fro with " : "Filled in together with "}
          {nameList(together.others)}.{" "}
          <span className="secondary">
            {together.mode === "iterative" &&
              `${nameList(together.holders)} ${together.holders.length === 1 ? "has" : "have"} it now. `}
            {nameList(together.handsIn)} {together.handsIn.length === 1 ? "hands" : "hand"} it in.
            {view.draft && (
              <>
                {" "}
                Last saved <When at={view.draft.savedAt} />.
              </>
            )}
          </span>
        </p>
      )}
      {early && (
        <p>
          It begins <When at={opensAt} as="day" />; until then it can be read.
        </p>
      )}
      {held && (
        <p>
          It can be handed in from <When at={leavesFrom} as="day" /> on; what you type is kept.
        </p>
      )}
    </div>
  );
}

/** Passes a task that is worked on in turns to one of the others, with what was answered so far and a note. */
export function PassButton({ view, answers, onPassed }: { view: TaskView; answers: Answers; onPassed: () => void }) {
  const { task, together } = view;
  const me = useMaybeMe();
  const myself = me?.viewingAs?.id ?? me?.person?.id;
  const others = (together?.others ?? []).filter((one) => one.id !== myself);
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const command = useCall("command", { stale: ["tasks", "task", "home", "case", "cases"] });
  if (together?.mode !== "iterative" || others.length === 0) return null;
  const whom = others.find((one) => one.id === to) ?? others[0];
  const pass = () =>
    whom &&
    command.mutate(
      {
        params: { id: task.caseId },
        body: {
          command: {
            type: "pass",
            task: task.id,
            to: whom.id,
            answers,
            ...(note.trim() ? { comment: note.trim() } : {}),
          },
        },
      },
      {
        onSuccess: () => {
          tell(`${task.title} is with ${whom.name} now.`);
          setOpen(false);
          onPassed();
        },
        onError: (error) => tellProblem(error, "It was not passed on"),
      },
    );
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Pass to {others.length === 1 ? whom?.name : "…"}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Pass it on">
        <Stack gap="sm">
          <p className="secondary">
            What is answered so far goes along; it comes back into your inbox when it is your turn.
          </p>
          <Select
            label="To"
            allowDeselect={false}
            data={others.map((one) => ({ value: one.id, label: one.name }))}
            value={whom?.id ?? null}
            onChange={setTo}
          />
          <Textarea
            label="Note"
            description="They read it with the task."
            autosize
            minRows={2}
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          <Button loading={command.isPending} onClick={pass}>
            Pass to {whom?.name}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
