import { ActionIcon, Menu, Select, TextInput } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Id } from "#engine/words/ids.ts";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useEditing, useField, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt, withValue } from "../../document/json-value.ts";
import { ViaField } from "../inspector/fields/notify.tsx";
import { DocumentChooser } from "../inspector/parts/document-chooser.tsx";
import { DurationEditor } from "../inspector/parts/duration-editor.tsx";
import { PeopleList } from "../inspector/parts/person-ref-editor.tsx";
import { Fold, More, Row } from "../inspector/parts/row.tsx";
import { SharedKey } from "../inspector/parts/shared-field.tsx";
import { LongField, TextField } from "../inspector/parts/text-field.tsx";
import { ValueInput } from "../inspector/parts/value-input.tsx";
import { ValueRecord } from "../inspector/parts/value-record.tsx";
import own from "./escalations.module.css";

/** One level: when it fires, whom it tells, what it starts. */
export function LevelBox({
  level,
  index,
  count,
  marked,
}: {
  level: JsonObject;
  index: number;
  count: number;
  marked: boolean;
}) {
  const path = ["levels", String(index)];
  const [after, setAfter] = useField([...path, "after"], "After");
  const [notify, setNotify] = useField([...path, "notify"], "Whom it tells");
  const [clock, setClock] = useField([...path, "clock"], "Clock");
  const [start, setStart] = useField([...path, "start"], "What it starts");
  const [shared, setShared] = useField([...path, "shared"], "One for many cases");
  const clocks = useOpen((state) => valueAt(state.document, ["clocks"]));
  const { store } = useEditing();
  const locked = useLocked();
  const run = useRun();
  const box = useRef<HTMLElement>(null);
  const names = [...new Set(["acknowledge", "resolve", ...(isObject(clocks) ? Object.keys(clocks) : [])])];
  useEffect(() => {
    if (marked && !box.current?.contains(document.activeElement))
      box.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [marked]);
  const change = (edit: (levels: Json[]) => Json[], label: string) =>
    run((whole) => {
      const levels = valueAt(whole, ["levels"]);
      return Array.isArray(levels) ? withValue(whole, ["levels"], edit(levels)) : whole;
    }, label);
  const swap = (by: -1 | 1) =>
    change((levels) => levels.with(index, levels[index + by]!).with(index + by, levels[index]!), "Move a level");
  const id = String(level.id ?? "");
  return (
    <section
      ref={box}
      className={own.level}
      data-marked={marked || undefined}
      aria-label={`Level ${index + 1}`}
      onFocus={() => store.getState().select([id])}
    >
      <header className={own.levelHead}>
        <span className={own.rung}>{index + 1}</span>
        <TextField
          path={[...path, "title"]}
          label={`Title of level ${index + 1}`}
          className={own.levelTitle}
          required
        />
        {!locked && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`More for level ${index + 1}`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={index === 0} onClick={() => swap(-1)}>
                Move up
              </Menu.Item>
              <Menu.Item disabled={index === count - 1} onClick={() => swap(1)}>
                Move down
              </Menu.Item>
              <Menu.Item
                disabled={count === 1}
                color="bad"
                onClick={() => change((levels) => levels.filter((_, at) => at !== index), "Delete a level")}
              >
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      <div className={own.levelBody}>
        <Row label="After">
          <DurationEditor label={`Level ${index + 1} after`} value={after} onChange={setAfter} />
          <Select
            aria-label={`Clock of level ${index + 1}`}
            disabled={locked}
            allowDeselect={false}
            data={names.map((name) => ({
              value: name,
              label:
                name === "acknowledge"
                  ? "while nobody owns it"
                  : name === "resolve"
                    ? "while it is not resolved"
                    : `by the clock ${name}`,
            }))}
            value={typeof clock === "string" ? clock : "acknowledge"}
            onChange={(next) => next && setClock(next)}
          />
        </Row>
        <Row label="Tells">
          <PeopleList label={`Recipient of level ${index + 1}`} value={notify} onChange={setNotify} />
        </Row>
        <Row label="With the words">
          <LongField
            path={[...path, "message"]}
            label={`Message of level ${index + 1}`}
            placeholder="A standard sentence"
            rows={2}
          />
        </Row>
        <ViaField path={[...path, "via"]} />
        {start === undefined ? (
          !locked && <More onClick={() => setStart({ workflow: "" })}>Start a workflow…</More>
        ) : (
          <DocumentChooser path={[...path, "start", "workflow"]} kind="workflow" label="Starts" />
        )}
        {isObject(start) && <StartedCase start={start} disabled={locked} onChange={setStart} />}
        {start !== undefined && !locked && <More onClick={() => setStart(undefined)}>Start nothing</More>}
        {shared === undefined ? (
          !locked && <More onClick={() => setShared({ key: ["subject.region"] })}>One for many cases…</More>
        ) : (
          <SharedKey
            label="One for all cases with the same"
            help="Whoever is told gets one message and one task for all of them."
            value={shared}
            onChange={setShared}
          />
        )}
        <Fold title="Id" open={false}>
          <TextInput
            aria-label={`Id of level ${index + 1}`}
            disabled={locked}
            defaultValue={id}
            error={Id.safeParse(id).success ? undefined : "lower-case words joined by hyphens"}
            onBlur={(event) =>
              Id.safeParse(event.currentTarget.value).success &&
              run(setField([...path, "id"], event.currentTarget.value), "Change the id")
            }
          />
        </Fold>
      </div>
    </section>
  );
}

const REFERENCES = ["fact", "parameter"] as const;
const LITERAL = ["literal"] as const;

/** What the workflow that a level starts is about, and what it gets. */
function StartedCase({
  start,
  disabled,
  onChange,
}: {
  start: JsonObject;
  disabled: boolean;
  onChange: (start: JsonObject) => void;
}) {
  const { subject, with: given } = start;
  const set = (member: string, value: Json | undefined) => {
    const next = withValue(start, [member], value);
    if (isObject(next)) onChange(next);
  };
  return (
    <>
      {subject === undefined ? (
        !disabled && <More onClick={() => set("subject", { fact: "case.subject" })}>About somebody else…</More>
      ) : (
        <Row
          label="It is about"
          action={disabled ? undefined : <More onClick={() => set("subject", undefined)}>The same</More>}
        >
          <ValueInput label="It is about" ways={REFERENCES} value={subject} onChange={(next) => set("subject", next)} />
        </Row>
      )}
      <ValueRecord
        label="It gets"
        value={given}
        names={[]}
        add="Give it a value…"
        ways={LITERAL}
        onChange={(next) => set("with", next)}
      />
    </>
  );
}
