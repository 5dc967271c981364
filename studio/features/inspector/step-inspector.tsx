import { TextInput } from "@mantine/core";
import { type ComponentType, useState } from "react";
import type { StepKind } from "#engine/steps/step.ts";
import { renameStep, whyNotId } from "../../document/commands/rename-step.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useEditing, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { valueAt } from "../../document/json-value.ts";
import { kindWord } from "../../document/workflow/new-step.ts";
import type { StepPlace } from "../../document/workflow/places.ts";
import { hueOf } from "../../graph/workflow-model.ts";
import { ApprovalFields } from "./fields/approval.tsx";
import { MoreAskingFields } from "./fields/asking-fields.tsx";
import { CalibrationFields } from "./fields/calibration.tsx";
import { CallFields } from "./fields/call.tsx";
import { DecisionFields } from "./fields/decision.tsx";
import { EndFields } from "./fields/end.tsx";
import type { StepFieldsProps } from "./fields/field-props.ts";
import { FormFields } from "./fields/form.tsx";
import { GroupFields } from "./fields/group.tsx";
import { NotifyFields } from "./fields/notify.tsx";
import { ParallelFields } from "./fields/parallel.tsx";
import { PayoutFields } from "./fields/payout.tsx";
import { RecordFields } from "./fields/record.tsx";
import { SubflowFields } from "./fields/subflow.tsx";
import { WaitFields } from "./fields/wait.tsx";
import classes from "./parts/inspector.module.css";
import { LongField, TextField } from "./parts/text-field.tsx";
import { WaysEditor } from "./parts/ways-editor.tsx";

/** The fields of each step kind; a new kind is one file and one line here, and the compiler says so. */
const FIELDS = {
  form: FormFields,
  approval: ApprovalFields,
  decision: DecisionFields,
  calibration: CalibrationFields,
  wait: WaitFields,
  notify: NotifyFields,
  parallel: ParallelFields,
  group: GroupFields,
  record: RecordFields,
  payout: PayoutFields,
  call: CallFields,
  subflow: SubflowFields,
  end: EndFields,
} satisfies Record<StepKind, ComponentType<StepFieldsProps>>;

const ASKING = new Set(["form", "approval", "calibration"]);

/** Everything about one step: its name, what its kind needs, and where it leads. */
export function StepInspector({ place }: { place: StepPlace }) {
  const subject = useOpen((state) => valueAt(state.document, ["subject"]));
  const start = useOpen((state) => valueAt(state.document, [...place.scope, "start"]) === place.id);
  const run = useRun();
  const locked = useLocked();
  const Fields = Object.hasOwn(FIELDS, place.kind) ? FIELDS[place.kind as StepKind] : null;
  return (
    <div className={classes.panel} style={{ ["--hue" as string]: `var(--step-${hueOf(place.kind)})` }}>
      <div className={classes.top}>
        <span className={classes.kind}>{kindWord(place.kind)}</span>
        <IdField place={place} />
      </div>
      <div>
        <TextField
          path={[...place.path, "title"]}
          label="Name"
          id="inspector-title"
          className={classes.title}
          required
        />
        <LongField
          path={[...place.path, "description"]}
          label="Description"
          className={classes.about}
          placeholder="What this step is for"
        />
      </div>
      {Fields ? (
        <Fields place={place} subject={String(subject ?? "")} />
      ) : (
        <p className="bad">There is no step kind “{place.kind}”. The source can be edited.</p>
      )}
      {place.kind !== "end" && <WaysEditor place={place} />}
      {ASKING.has(place.kind) && <MoreAskingFields place={place} />}
      {!start && !locked && (
        <button
          type="button"
          className={classes.more}
          onClick={() => run(setField([...place.scope, "start"], place.id), "Begin here")}
        >
          Begin here
        </button>
      )}
    </div>
  );
}

/** The id: rarely changed, so it stays small until it is clicked; changing it rewrites every reference. */
function IdField({ place }: { place: StepPlace }) {
  const { store } = useEditing();
  const run = useRun();
  const locked = useLocked();
  const [typed, setTyped] = useState<string | null>(null);
  const problem = typed === null ? null : whyNotId(store.getState().document, place.id, typed);
  if (typed === null)
    return (
      <button
        type="button"
        className={classes.id}
        disabled={locked}
        title={`Id: ${place.id}. Click to change it everywhere.`}
        onClick={() => setTyped(place.id)}
      >
        {place.id}
      </button>
    );
  const commit = () => {
    if (!problem && typed !== place.id) run(renameStep(place.id, typed), { label: "Change the id", select: [typed] });
    setTyped(null);
  };
  return (
    <TextInput
      size="xs"
      aria-label="Id of the step"
      autoFocus
      value={typed}
      error={problem ?? undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") {
          event.stopPropagation();
          setTyped(null);
        }
      }}
    />
  );
}
