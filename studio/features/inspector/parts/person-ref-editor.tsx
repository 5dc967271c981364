import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Json } from "#engine/words/json.ts";
import { useEditing, useLocked } from "../../../document/editing.tsx";
import { isObject, valueAt } from "../../../document/json-value.ts";
import { useDirectory } from "../../../document/use-directory.ts";
import { roleWord } from "../../../graph/words.ts";
import { words } from "../../../text/kinds.ts";
import classes from "./inspector.module.css";
import { More } from "./row.tsx";

const RELATIONS: [string, string][] = [
  ["subject", "The employee"],
  ["manager", "Their manager"],
  ["skip-manager", "Their manager's manager"],
  ["matrix-manager", "Their matrix manager"],
  ["reports", "Their reports"],
  ["peers", "Their peers"],
];
const ROLES = ["hr-partner", "hr-admin", "hr-designer"];

/** Words that stand for a person reference in one select. */
function keyOf(value: Json | undefined): string | null {
  if (!isObject(value)) return null;
  if (typeof value.relation === "string") return `relation ${value.relation}${value.of === "actor" ? " actor" : ""}`;
  if (typeof value.role === "string") return `role ${value.role}`;
  if (typeof value.unitRole === "string")
    return `unitRole ${value.unitRole} ${typeof value.level === "string" ? value.level : ""}`.trim();
  if (typeof value.queue === "string") return `queue ${value.queue}`;
  if (typeof value.metric === "string") return `metric ${value.metric}`;
  if (typeof value.fact === "string") return "fact";
  return null;
}

function refOf(key: string): { [key: string]: Json } {
  const [way = "", first = "", second] = key.split(" ");
  if (way === "relation") return { relation: first, ...(second === "actor" ? { of: "actor" } : {}) };
  if (way === "unitRole") return { unitRole: first, ...(second ? { level: second } : {}) };
  if (way === "fact") return { fact: "case.people" };
  return { [way]: first };
}

/** One way of naming people, with who acts where nobody is found and who never does. */
export function PersonRefEditor({
  value,
  onChange,
  label,
  depth = 0,
}: {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  label: string;
  depth?: number;
}) {
  const locked = useLocked();
  const groups = useWays(keyOf(value));
  const ref = isObject(value) ? value : {};
  const { else: other, except, ...own } = ref;
  const rest = { ...(except === undefined ? {} : { except }), ...(other === undefined ? {} : { else: other }) };
  return (
    <>
      <Select
        aria-label={label}
        searchable
        allowDeselect={false}
        disabled={locked}
        placeholder="Choose who"
        data={groups}
        value={keyOf(value)}
        maxDropdownHeight={320}
        onChange={(next) => next && onChange({ ...refOf(next), ...rest })}
      />
      {typeof own.fact === "string" && (
        <TextInput
          aria-label={`${label}: field with people`}
          description="A field of the case that holds people"
          disabled={locked}
          value={own.fact}
          onChange={(event) => onChange({ ...ref, fact: event.currentTarget.value })}
        />
      )}
      {Array.isArray(except) && (
        <div className={classes.box}>
          <div className={classes.boxHead}>
            <span>Never</span>
            <ActionIcon
              size={24}
              aria-label="Remove the exception"
              disabled={locked}
              onClick={() => onChange({ ...own, ...(other === undefined ? {} : { else: other }) })}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          {placed(except).map(({ value: one, index, key }) => (
            <PersonRefEditor
              key={key}
              value={one}
              depth={depth + 1}
              label={`${label}: never ${index + 1}`}
              onChange={(next) =>
                onChange({
                  ...ref,
                  except: next === undefined ? except.filter((_, at) => at !== index) : except.with(index, next),
                })
              }
            />
          ))}
          {!locked && (
            <More onClick={() => onChange({ ...ref, except: [...except, { relation: "manager" }] })}>Nor…</More>
          )}
        </div>
      )}
      {other !== undefined && (
        <div className={classes.box}>
          <div className={classes.boxHead}>
            <span>Where nobody is found</span>
            <ActionIcon
              size={24}
              aria-label="Remove who acts instead"
              disabled={locked}
              onClick={() => onChange({ ...own, ...(except === undefined ? {} : { except }) })}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          <PersonRefEditor
            value={other}
            label={`${label}: else`}
            depth={depth + 1}
            onChange={(next) => onChange({ ...ref, else: next ?? { role: "hr-admin" } })}
          />
        </div>
      )}
      {!locked && keyOf(value) !== null && depth < 3 && (other === undefined || except === undefined) && (
        <div style={{ display: "flex", gap: 10 }}>
          {other === undefined && (
            <More onClick={() => onChange({ ...ref, else: { relation: "skip-manager" } })}>Who acts instead…</More>
          )}
          {except === undefined && depth === 0 && (
            <More onClick={() => onChange({ ...ref, except: [{ relation: "subject" }] })}>Never…</More>
          )}
        </div>
      )}
    </>
  );
}

/** The ways on offer: relations, roles and queues that exist in the organisation, unit heads by level. */
function useWays(current: string | null) {
  const { others } = useEditing();
  const directory = useDirectory();
  return useMemo(() => {
    const data = directory?.data;
    const roles = [
      ...new Set([...ROLES, ...(data?.grants ?? []).map((grant) => grant.role).filter((role) => role !== "head")]),
    ];
    const levels = [...new Set((data?.units ?? []).map((unit) => unit.level))];
    const queues = (data?.queues ?? []).map((queue) => ({ value: `queue ${queue.id}`, label: queue.title }));
    const groups = [
      {
        group: "By reporting line",
        items: RELATIONS.map(([relation, label]) => ({ value: `relation ${relation}`, label })),
      },
      {
        group: "From whoever had the task",
        items: [
          { value: "relation manager actor", label: "The task holder's manager" },
          { value: "relation skip-manager actor", label: "Their manager's manager (of the task holder)" },
        ],
      },
      {
        group: "By role, for the employee's unit",
        items: roles.map((role) => ({ value: `role ${role}`, label: roleWord(role) })),
      },
      {
        group: "Heads",
        items: [
          { value: "unitRole head", label: "Head of the unit" },
          ...levels.map((level) => ({
            value: `unitRole head ${level}`,
            label: `Head of the ${words(level).toLowerCase()}`,
          })),
        ],
      },
      ...(queues.length ? [{ group: "Queues", items: queues }] : []),
      ...(others.some((one) => valueAt(one, ["kind"]) === "metric")
        ? [
            {
              group: "By metric",
              items: [
                { value: "metric owner", label: "Owner of the metric" },
                { value: "metric steward", label: "Data steward of the metric" },
              ],
            },
          ]
        : []),
      { group: "From the case", items: [{ value: "fact", label: "People in a field…" }] },
    ];
    if (current !== null && !groups.some((group) => group.items.some((item) => item.value === current)))
      groups.unshift({
        group: "Now",
        items: [{ value: current, label: words(current.split(" ").slice(1).join(" ")) }],
      });
    return groups;
  }, [directory, others, current]);
}

/** List items that have no identity but their place. */
const placed = (list: readonly Json[]) => list.map((value, index) => ({ value, index, key: `place ${index}` }));

/** A list of person references: whom to tell, several actors. */
export function PeopleList({
  value,
  onChange,
  label,
  add = "Add people",
}: {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  label: string;
  add?: string;
}) {
  const locked = useLocked();
  const list = Array.isArray(value) ? value : [];
  return (
    <>
      {placed(list).map(({ value: one, index, key }) => (
        <div key={key} className={classes.box}>
          <div className={classes.boxHead}>
            <span className={classes.help}>{index === 0 ? "First" : "And"}</span>
            {!locked && (
              <ActionIcon
                size={24}
                aria-label={`Remove ${label} ${index + 1}`}
                onClick={() => onChange(list.length === 1 ? undefined : list.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </div>
          <PersonRefEditor
            value={one}
            label={`${label} ${index + 1}`}
            onChange={(next) =>
              onChange(next === undefined ? list.filter((_, at) => at !== index) : list.with(index, next))
            }
          />
        </div>
      ))}
      {!locked && <More onClick={() => onChange([...list, { relation: "manager" }])}>{add}</More>}
    </>
  );
}
