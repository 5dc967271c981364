import { ActionIcon, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked } from "../../../document/editing.tsx";
import { isObject, type JsonObject } from "../../../document/json-value.ts";
import classes from "./inspector.module.css";
import { More, Row } from "./row.tsx";

const WAYS = [
  { value: "all", label: "When all have answered" },
  { value: "any", label: "When the first has answered" },
  { value: "atLeast", label: "When so many have answered" },
  { value: "rules", label: "By counting outcomes" },
];

/** When several answers, or branches, are enough. */
export function JoinEditor({ path }: { path: readonly (string | number)[] }) {
  const [join, setJoin] = useField(path, "When it is enough");
  const locked = useLocked();
  const way = Array.isArray(join) ? "rules" : isObject(join) ? "atLeast" : join === "any" ? "any" : "all";
  const start: Record<string, Json> = {
    all: "all",
    any: "any",
    atLeast: { atLeast: 3 },
    rules: [{ count: "approved", atLeast: "all", emit: "approved" }],
  };
  const rules = Array.isArray(join) ? join.filter(isObject) : [];
  const set = (index: number, rule: JsonObject | null) =>
    setJoin(rule === null ? rules.filter((_, at) => at !== index) : rules.with(index, rule));
  return (
    <Row label="It goes on" help="The rest is then cancelled.">
      <Select
        aria-label="It goes on"
        allowDeselect={false}
        disabled={locked}
        data={WAYS}
        value={way}
        onChange={(next) => next && next !== way && setJoin(start[next])}
      />
      {isObject(join) && (
        <NumberInput
          aria-label="How many"
          min={1}
          disabled={locked}
          value={Number(join.atLeast ?? 1)}
          onChange={(next) => typeof next === "number" && setJoin({ atLeast: next })}
        />
      )}
      {rules.map((rule, index) => (
        <div key={`rule ${String(index)}`} className={classes.box}>
          <div className={classes.boxHead}>
            <TextInput
              aria-label="Counted outcome"
              placeholder="refused"
              disabled={locked}
              value={String(rule.count ?? "")}
              onChange={(event) => set(index, { ...rule, count: event.currentTarget.value })}
            />
            <ActionIcon
              size={24}
              aria-label="Remove this rule"
              disabled={locked || rules.length === 1}
              onClick={() => set(index, null)}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          <div className={classes.halves}>
            <TextInput
              label="at least"
              disabled={locked}
              value={String(rule.atLeast ?? "")}
              onChange={(event) =>
                set(index, {
                  ...rule,
                  atLeast: /^\d+$/.test(event.currentTarget.value) ? Number(event.currentTarget.value) : "all",
                })
              }
            />
            <TextInput
              label="is then"
              disabled={locked}
              value={String(rule.emit ?? "")}
              onChange={(event) => set(index, { ...rule, emit: event.currentTarget.value })}
            />
          </div>
        </div>
      ))}
      {Array.isArray(join) && !locked && (
        <More onClick={() => setJoin([...rules, { count: "refused", atLeast: 1, emit: "refused" }])}>Add a rule</More>
      )}
    </Row>
  );
}
