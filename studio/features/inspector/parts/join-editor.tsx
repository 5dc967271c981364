import { ActionIcon, Autocomplete, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { useField, useFindDocument, useLocked, useValue } from "../../../document/editing.tsx";
import { isObject, type JsonObject } from "../../../document/json-value.ts";
import { answersOf } from "../../../document/workflow/events.ts";
import { moved, SortableItem } from "../../../ui/sortable.tsx";
import classes from "./inspector.module.css";
import { More, Row } from "./row.tsx";

const WAYS = [
  { value: "all", label: "When all have answered" },
  { value: "any", label: "When the first has answered" },
  { value: "atLeast", label: "When so many have answered" },
  { value: "rules", label: "By counting outcomes" },
];

/** When several answers, or branches, are enough. */
export function JoinEditor({ path }: { path: readonly string[] }) {
  const [join, setJoin] = useField(path, "When it is enough");
  const step = useValue(path.slice(0, -1));
  const find = useFindDocument();
  const outcomes = isObject(step) ? answersOf(step, find) : [];
  const no = outcomes.find((one) => /refus|reject|declin|disput/.test(one)) ?? outcomes.at(-1) ?? "refused";
  const yes = outcomes.find((one) => one !== no) ?? "approved";
  const locked = useLocked();
  const way = Array.isArray(join) ? "rules" : isObject(join) ? "atLeast" : join === "any" ? "any" : "all";
  const start: Record<string, Json> = {
    all: "all",
    any: "any",
    atLeast: { atLeast: 3 },
    rules: [
      { count: no, atLeast: 1, emit: no },
      { count: yes, atLeast: "all", emit: yes },
    ],
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
        <SortableItem
          key={`rule ${String(index)}`}
          list={`join ${path.join("/")}`}
          index={index}
          count={rules.length}
          label={`rule ${index + 1}`}
          disabled={locked}
          onMove={(from, to) => setJoin(moved(rules, from, to))}
        >
          <div className={classes.box}>
            <div className={classes.boxHead}>
              <span className={classes.help}>
                {index === 0 ? "First: when" : "Else: when"}
                {isVetoRule(rule, rules) ? " (a veto)" : ""}
              </span>
              <ActionIcon
                size={24}
                aria-label={`Remove rule ${index + 1}`}
                disabled={locked || rules.length === 1}
                onClick={() => set(index, null)}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
            <div className={classes.pair}>
              <Autocomplete
                aria-label={`Rule ${index + 1}: how many`}
                disabled={locked}
                data={["all", "1", "2", "3"]}
                value={String(rule.atLeast ?? "")}
                onChange={(next) => set(index, { ...rule, atLeast: /^[1-9]\d*$/.test(next) ? Number(next) : "all" })}
              />
              <Autocomplete
                aria-label={`Rule ${index + 1}: have answered`}
                leftSection={<span className={classes.help}>said</span>}
                leftSectionWidth={40}
                placeholder="refused"
                disabled={locked}
                data={[...outcomes]}
                value={String(rule.count ?? "")}
                onChange={(next) => set(index, { ...rule, count: next })}
              />
            </div>
            <TextInput
              aria-label={`Rule ${index + 1}: it goes on as`}
              leftSection={<span className={classes.help}>it goes on as</span>}
              leftSectionWidth={86}
              disabled={locked}
              value={String(rule.emit ?? "")}
              onChange={(event) => set(index, { ...rule, emit: event.currentTarget.value })}
            />
          </div>
        </SortableItem>
      ))}
      {Array.isArray(join) && !locked && (
        <div className={classes.links}>
          <More
            onClick={() =>
              setJoin([...rules, { count: outcomes[0] ?? "approved", atLeast: 2, emit: outcomes[0] ?? "approved" }])
            }
          >
            Add a rule
          </More>
          {!rules.some((rule) => isVetoRule(rule, rules)) && (
            <More onClick={() => setJoin([{ count: no, atLeast: 1, emit: no }, ...rules])}>One “{no}” is a veto</More>
          )}
        </div>
      )}
    </Row>
  );
}

const isVetoRule = (rule: JsonObject, rules: readonly JsonObject[]) =>
  rule.atLeast === 1 && rules.some((other) => other !== rule && other.atLeast !== 1);
