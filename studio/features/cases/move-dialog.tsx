import { Button, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { JobView } from "#engine/contract/views/definitions.ts";
import type { BulkCommand, MovePreview, MoveRequest } from "#engine/contract/views/moves.ts";
import type { Json } from "#engine/words/json.ts";
import { call } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useCall } from "../../api/use-call.ts";
import { useJob } from "../../api/use-job.ts";
import { sentence } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { JobProgress } from "../../ui/job-progress.tsx";
import { PersonChooser } from "../../ui/person-chooser.tsx";
import { tellProblem } from "../../ui/tell.ts";
import { useNow } from "../../ui/use-now.ts";
import classes from "./case.module.css";
import { useLastMove } from "./last-move.ts";
import { fieldsToCorrect, MOVES, type MoveDraft, moveCommand, stepsToMoveTo } from "./move-commands.ts";
import { takeBack } from "./undo-line.tsx";

type Which = Pick<MoveRequest, "cases" | "filter">;

/** Acts on one case or many by hand: what, why, what it cancels before it is done, how far it is, and the way back. */
export function MoveDialog(props: {
  which: Which;
  /** How many these are, as far as known. */
  total: number;
  /** The workflow that they run by, where it is one and the same. */
  document: Json | null;
  may: readonly BulkCommand["type"][];
  onClose: () => void;
}) {
  const { which, total, document, may } = props;
  const kinds = MOVES.filter((one) => may.includes(one.value));
  const [draft, setDraft] = useState<MoveDraft>({
    type: kinds[0]?.value ?? "cancel",
    to: null,
    from: null,
    person: null,
    field: null,
    value: undefined,
  });
  const [reason, setReason] = useState("");
  const [job, setJob] = useState<string | null>(null);
  const begin = useCall("moveCases", { stale: ["jobs"] });
  const now = useNow();
  const client = useQueryClient();
  const keep = useLastMove((state) => state.keep);
  const kind = MOVES.find((one) => one.value === draft.type);
  const planned = moveCommand(draft, "preview");
  const preview = usePreview(which, planned);
  const command = moveCommand(draft, reason.trim());
  const many = total !== 1;
  const end = useCallback(
    (done: JobView) => {
      if (done.status !== "done") return;
      keep({ job: done.id, title: done.title, at: now, cases: which.cases ?? null });
      const note = notifications.show({
        color: "good",
        withBorder: true,
        autoClose: 30_000,
        message: (
          <span className={classes.told}>
            {done.title}: {done.message ?? "done"}.
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(note);
                void takeBack(client, done.id);
              }}
            >
              Undo
            </Button>
          </span>
        ),
      });
    },
    [keep, now, which.cases, client],
  );
  const running = useJob(job, end);
  const set = (part: Partial<MoveDraft>) => setDraft((old) => ({ ...old, ...part }));
  if (job !== null)
    return (
      <Modal opened onClose={props.onClose} title={kind?.label ?? "By hand"}>
        <Stack gap="md">
          <JobProgress job={running} />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {running?.status === "done" ? "Close" : "Go on in the background"}
            </Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal opened onClose={props.onClose} title={many ? `By hand: ${count(total, "case")}` : "By hand"} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (command && reason.trim())
            begin.mutate(
              { body: { ...which, command } },
              { onSuccess: (started) => setJob(started.id), onError: (error) => tellProblem(error) },
            );
        }}
      >
        <Stack gap="sm">
          <Select
            label="What"
            allowDeselect={false}
            data={kinds.map(({ value, label }) => ({ value, label }))}
            value={draft.type}
            onChange={(next) => {
              const found = kinds.find((one) => one.value === next);
              if (found) set({ type: found.value });
            }}
          />
          <p className="secondary">
            {kind?.explain}
            {document === null && many ? " To move them or correct a field, choose cases of one process." : ""}
          </p>
          <MoveFields draft={draft} document={document} onChange={set} />
          <Preview preview={preview} many={many} />
          <Textarea
            label="Reason"
            description="Kept in the journal of each case; everyone who asks why will read it."
            required
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Leave it
            </Button>
            <Button
              type="submit"
              color={draft.type === "cancel" ? "bad" : "accent"}
              disabled={!command || reason.trim() === "" || (preview.data !== undefined && allRefused(preview.data))}
              loading={begin.isPending}
            >
              {kind?.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const allRefused = (preview: MovePreview) => preview.looked > 0 && preview.refused === preview.looked;

function MoveFields({
  draft,
  document,
  onChange,
}: {
  draft: MoveDraft;
  document: Json | null;
  onChange: (part: Partial<MoveDraft>) => void;
}) {
  if (draft.type === "transfer")
    return (
      <Group grow align="start">
        <PersonChooser label="From" required value={draft.from} onChange={(from) => onChange({ from })} />
        <PersonChooser label="To" required value={draft.person} onChange={(person) => onChange({ person })} />
      </Group>
    );
  if (document === null) return null;
  if (draft.type === "move" || draft.type === "reopen")
    return (
      <Select
        label="To the step"
        required
        searchable
        data={stepsToMoveTo(document)}
        value={draft.to}
        onChange={(to) => onChange({ to })}
      />
    );
  if (draft.type !== "set-data") return null;
  const fields = fieldsToCorrect(document);
  const field = fields.find((one) => one.value === draft.field);
  return (
    <Group grow align="start">
      <Select
        label="Field"
        required
        data={fields}
        value={draft.field}
        onChange={(next) => onChange({ field: next, value: undefined })}
      />
      {field && (field.type === "number" || field.type === "integer" || field.type === "money") ? (
        <NumberInput
          label="Becomes"
          required
          value={typeof draft.value === "number" ? draft.value : ""}
          onChange={(next) => onChange({ value: typeof next === "number" ? next : undefined })}
        />
      ) : field && (field.of.length > 0 || field.type === "boolean") ? (
        <Select
          label="Becomes"
          required
          data={field.type === "boolean" ? ["yes", "no"] : field.of}
          value={draft.value === true ? "yes" : draft.value === false ? "no" : ((draft.value as string) ?? null)}
          onChange={(next) =>
            onChange({ value: next === null ? undefined : field.type === "boolean" ? next === "yes" : next })
          }
        />
      ) : (
        <TextInput
          label="Becomes"
          required
          type={field?.type === "date" ? "date" : "text"}
          disabled={!field}
          value={typeof draft.value === "string" ? draft.value : ""}
          onChange={(event) => onChange({ value: event.currentTarget.value || undefined })}
        />
      )}
    </Group>
  );
}

/** What it would do, asked a moment after the last change. */
function usePreview(which: Which, command: BulkCommand | null) {
  const [asked] = useDebouncedValue(JSON.stringify(command), 250);
  return useQuery<MovePreview>({
    queryKey: ["previewMoves", which, asked],
    enabled: asked !== "null",
    retry: false,
    queryFn: ({ signal }) =>
      call("previewMoves", { body: { ...which, command: JSON.parse(asked) as BulkCommand } }, signal),
  });
}

function Preview({ preview, many }: { preview: ReturnType<typeof usePreview>; many: boolean }) {
  if (preview.error) return <p className="bad">{sentenceOf(preview.error)}</p>;
  if (!preview.data) return null;
  const { looked, total, refused, tasksCancelled, timersCancelled, childrenEnded, tasksOpened, rows } = preview.data;
  const parts = [
    tasksCancelled > 0 ? `${count(tasksCancelled, "open task")} cancelled` : null,
    timersCancelled > 0 ? `${count(timersCancelled, "clock")} ended` : null,
    childrenEnded > 0 ? `${count(childrenEnded, "child case")} ended` : null,
    tasksOpened > 0 ? `${count(tasksOpened, "task")} opened` : null,
  ].filter((part) => part !== null);
  const first = rows[0];
  return (
    <div className={classes.preview} role="status">
      <strong>
        {parts.length > 0 ? sentence(parts.join(", ")) : "Nothing open is touched"}
        {looked < total ? ` in the first ${looked} of ${total}` : ""}.
      </strong>
      {!many && first && (
        <ul>
          {first.tasksCancelled.map((one) => (
            <li key={`cancelled ${one}`}>Cancelled: {one}</li>
          ))}
          {first.timersCancelled.map((one) => (
            <li key={`ended ${one}`}>Ends: {one}</li>
          ))}
          {first.tasksOpened.map((one) => (
            <li key={`opened ${one}`}>Opens: {one}</li>
          ))}
          {!first.ok && <li className="bad">{first.message}</li>}
        </ul>
      )}
      {many && refused > 0 && (
        <ul>
          <li className="attention">{count(refused, "case")} would be left as they are:</li>
          {rows
            .filter((row) => !row.ok)
            .slice(0, 4)
            .map((row) => (
              <li key={row.caseId}>
                {sentence(row.subjectName)}: {row.message}
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}
