import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../../document/commands/set-field.ts";
import { useLocked, useOpen, useRun } from "../../../document/editing.tsx";
import { isObject, valueAt } from "../../../document/json-value.ts";
import { freeId } from "../../../document/workflow/new-step.ts";
import { stepPlaces } from "../../../document/workflow/places.ts";
import { words } from "../../../text/kinds.ts";
import classes from "../parts/inspector.module.css";
import { JoinEditor } from "../parts/join-editor.tsx";
import { More, Row } from "../parts/row.tsx";
import { TextField } from "../parts/text-field.tsx";
import { DeadlineFields } from "./asking-fields.tsx";
import type { StepFieldsProps } from "./field-props.ts";
import { StartField } from "./group.tsx";

export function ParallelFields({ place }: StepFieldsProps) {
  const run = useRun();
  const locked = useLocked();
  const document = useOpen((state) => state.document);
  const branches = isObject(place.step.branches) ? place.step.branches : {};
  const names = Object.keys(branches);
  const add = () => {
    const id = freeId(`branch-${names.length + 1}`, new Set(names));
    const end = freeId(`${place.id}-${id}-done`, new Set(stepPlaces(document).map((one) => one.id)));
    const branch: Json = { start: end, steps: { [end]: { kind: "end", title: "Done" } } };
    run(setField([...place.path, "branches", id], branch), "Add a branch");
  };
  return (
    <>
      <Row label="Branches" help="They run side by side; each ends with an end of its own.">
        {names.map((name) => (
          <div key={name} className={classes.box}>
            <div className={classes.boxHead}>
              <TextField
                path={[...place.path, "branches", name, "title"]}
                label={`Title of branch ${name}`}
                placeholder={words(name)}
              />
              <ActionIcon
                size={24}
                aria-label={`Delete branch ${name}`}
                disabled={locked || names.length < 2}
                onClick={() => run(setField([...place.path, "branches", name], undefined), "Delete a branch")}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
            <StartField
              path={[...place.path, "branches", name, "start"]}
              steps={valueAt(branches, [name, "steps"])}
              label="Begins with"
            />
          </div>
        ))}
        {!locked && <More onClick={add}>Add a branch</More>}
      </Row>
      <JoinEditor path={[...place.path, "join"]} />
      <DeadlineFields place={place} />
    </>
  );
}
