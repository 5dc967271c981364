import { Button, Group, Modal, NumberInput, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { ColumnType } from "#engine/rules/table.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import { words } from "../../text/kinds.ts";
import { type FactChoice, factKey } from "../rules/conditions/fact-choice.ts";
import { columnOfFact } from "./column-of-fact.ts";
import classes from "./tables.module.css";

const NUMERIC = new Set<Json | undefined>(["number", "money", "percent"]);

/** What a column reads or says: its fact, title, type, unit and allowed values; and where it stands. */
export function ColumnSettings(props: {
  side: "cells" | "out";
  /** The column as it is; undefined for a new one. */
  column: JsonObject | undefined;
  choices: readonly FactChoice[];
  /** Names that other answers have. */
  taken: readonly string[];
  onSave: (column: JsonObject) => void;
  onDelete: () => void;
  onMove: ((by: -1 | 1) => void) | null;
  onClose: () => void;
}) {
  const { side, choices, onClose } = props;
  const isNew = props.column === undefined;
  const [column, setColumn] = useState<JsonObject>(props.column ?? (side === "out" ? { name: "" } : {}));
  const set = (name: string, value: Json | undefined) =>
    setColumn((old) => {
      const { [name]: _old, ...rest } = old;
      return value === undefined || value === "" ? rest : { ...rest, [name]: value };
    });
  const fact = typeof column.fact === "string" && column.fact !== "" ? factKey(column as { fact: Json }) : null;
  const listed = choices.some((one) => one.key === fact);
  const name = typeof column.name === "string" ? column.name : "";
  const isTaken = props.taken.includes(name);
  const complete = side === "cells" ? fact !== null : /^[A-Za-z][\w-]*$/.test(name) && !isTaken;
  return (
    <Modal
      opened
      onClose={onClose}
      title={isNew ? (side === "cells" ? "A new condition" : "A new answer") : "The column"}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) props.onSave(side === "cells" ? { ...column, type: column.type ?? "text" } : column);
        }}
      >
        <Stack gap="sm">
          {side === "cells" ? (
            <Select
              label="Reads"
              placeholder="Choose a fact"
              searchable
              data-autofocus={isNew || undefined}
              error={
                fact !== null && !listed ? `Nothing that is stored is called “${String(column.fact)}” yet.` : undefined
              }
              value={listed ? fact : null}
              data={[...new Set(choices.map((one) => one.group))].map((group) => ({
                group,
                items: choices
                  .filter((one) => one.group === group)
                  .map(({ key, title }) => ({ value: key, label: title })),
              }))}
              onChange={(key) => {
                const choice = choices.find((one) => one.key === key);
                if (choice) setColumn((old) => ({ ...columnOfFact(choice), ...keptOf(old, isNew) }));
              }}
            />
          ) : (
            <TextInput
              label="Name"
              description="What others read it by: a letter, then letters, digits, - and _"
              data-autofocus={isNew || undefined}
              error={isTaken ? "Another answer is called so." : undefined}
              value={name}
              onChange={(event) => set("name", event.currentTarget.value.trim())}
            />
          )}
          <TextInput
            label="Heading"
            placeholder={words(String(column.name ?? column.fact ?? ""))}
            value={typeof column.title === "string" ? column.title : ""}
            onChange={(event) => set("title", event.currentTarget.value)}
          />
          <Group grow align="start">
            <Select
              label="Type"
              allowDeselect={side === "out"}
              placeholder="any"
              data={ColumnType.options.map((value) => ({ value, label: words(value) }))}
              value={typeof column.type === "string" ? column.type : null}
              onChange={(next) => set("type", next ?? undefined)}
            />
            <TextInput
              label="Unit"
              placeholder="none"
              value={typeof column.unit === "string" ? column.unit : ""}
              onChange={(event) => set("unit", event.currentTarget.value)}
            />
          </Group>
          {side === "cells" && NUMERIC.has(column.type) && (
            <Group grow>
              {(["min", "max"] as const).map((bound) => (
                <NumberInput
                  key={bound}
                  label={bound === "min" ? "Lowest possible" : "Highest possible"}
                  placeholder="no bound"
                  hideControls
                  value={typeof column[bound] === "number" ? column[bound] : ""}
                  onChange={(next) => set(bound, typeof next === "number" ? next : undefined)}
                />
              ))}
            </Group>
          )}
          {(column.type === "choice" || column.type === "text" || (side === "out" && !NUMERIC.has(column.type))) && (
            <TagsInput
              label="Allowed values"
              description={side === "out" ? "The first is the strongest." : "With these, gaps are found exactly."}
              placeholder="any"
              value={(Array.isArray(column.of) ? column.of : []).map(String)}
              onChange={(next) => set("of", next.length > 0 ? next : undefined)}
            />
          )}
          <div className={classes.dialogButtons}>
            {!isNew && (
              <>
                <Button variant="subtle" color="bad" onClick={props.onDelete}>
                  Delete the column
                </Button>
                {props.onMove && (
                  <>
                    <Button variant="default" onClick={() => props.onMove?.(-1)}>
                      To the left
                    </Button>
                    <Button variant="default" onClick={() => props.onMove?.(1)}>
                      To the right
                    </Button>
                  </>
                )}
              </>
            )}
            <span className={classes.spring} />
            <Button type="submit" disabled={!complete}>
              {isNew ? "Add" : "Done"}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}

/** What an author gave a column stays when it reads another fact. */
function keptOf(old: JsonObject, isNew: boolean): JsonObject {
  if (isNew || !isObject(old) || typeof old.title !== "string") return {};
  return { title: old.title, ...(old.type === undefined ? {} : { type: old.type }) };
}
