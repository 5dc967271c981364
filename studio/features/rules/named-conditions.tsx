import { ActionIcon, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useEditing, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt, withKeyRenamed } from "../../document/json-value.ts";
import { kindName } from "../../text/kinds.ts";
import { ConditionBuilder } from "./conditions/condition-builder.tsx";
import type { FactChoice } from "./conditions/fact-choice.ts";
import { emptyConditions, withName } from "./conditions/tree.ts";
import { documentsDecidingBy, usesOfName } from "./named-uses.ts";
import classes from "./rules.module.css";

const NONE: JsonObject = {};

/** Conditions with a name, said once and used by rules and by each other; each tells what an edit of it touches. */
export function NamedConditions({ choices }: { choices: readonly FactChoice[] }) {
  const named = useOpen((state) => valueAt(state.document, ["conditions"]));
  const locked = useLocked();
  const run = useRun();
  const list = isObject(named) ? named : NONE;
  const names = Object.keys(list);
  const add = () => {
    let name = "new condition";
    for (let n = 2; list[name] !== undefined; n++) name = `new condition ${n}`;
    run(setField(["conditions"], { ...list, [name]: emptyConditions() }), "Add a named condition");
  };
  if (names.length === 0 && locked) return null;
  return (
    <section className={classes.named} aria-label="Named conditions">
      <header className={classes.namedHead}>
        <h2>Named conditions</h2>
        {!locked && (
          <button type="button" className={classes.plain} onClick={add}>
            Add one
          </button>
        )}
      </header>
      {names.length === 0 ? (
        <p className="secondary">What several rules ask can be said once here, and changed once.</p>
      ) : (
        names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: its name changes while it is typed
          <NamedCondition key={index} name={name} choices={choices} named={list} />
        ))
      )}
    </section>
  );
}

function NamedCondition({ name, choices, named }: { name: string; choices: readonly FactChoice[]; named: JsonObject }) {
  const { others } = useEditing();
  const document = useOpen((state) => state.document);
  const [typed, setTyped] = useState<string | null>(null);
  const locked = useLocked();
  const run = useRun();
  const uses = useMemo(() => usesOfName(document, name), [document, name]);
  const touched = useMemo(
    () => (uses.length === 0 ? [] : documentsDecidingBy(String(valueAt(document, ["id"])), others)),
    [uses, document, others],
  );
  const rest = useMemo(
    () => Object.fromEntries(Object.entries(named).filter(([other]) => other !== name)),
    [named, name],
  );
  const taken = typed !== null && typed.trim() !== name && named[typed.trim()] !== undefined;
  const rename = () => {
    const to = typed?.trim();
    setTyped(null);
    if (!to || to === name || named[to] !== undefined) return;
    run((document) => {
      const all = valueAt(document, ["conditions"]);
      const renamed = isObject(all) ? withKeyRenamed(all, name, to) : {};
      return inRules(
        setField(
          ["conditions"],
          mapValues(renamed, (one) => withName(one, name, to)),
        )(document),
        (one) => withName(one, name, to),
      );
    }, "Rename a condition");
  };
  const remove = () =>
    run((document) => {
      const stood = named[name]!;
      const inline = (one: Json) => withName(one, name, stood);
      return inRules(setField(["conditions"], undefinedIfEmpty(mapValues(rest, inline)))(document), inline);
    }, "Delete a named condition");
  return (
    <article className={classes.rule} aria-label={`Named condition ${name}`}>
      <header className={classes.ruleHead}>
        <TextInput
          className={classes.ruleName}
          aria-label="Name of the condition"
          disabled={locked}
          value={typed ?? name}
          error={taken ? "There is one of this name" : undefined}
          onChange={(change) => setTyped(change.currentTarget.value)}
          onBlur={rename}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
        />
        {!locked && (
          <ActionIcon
            aria-label={`Delete the named condition ${name}`}
            title={uses.length > 0 ? "What it says is put where it was used" : "Delete"}
            onClick={remove}
          >
            <IconX size={15} />
          </ActionIcon>
        )}
      </header>
      <div className={classes.ruleBody}>
        <ConditionBuilder
          value={named[name]}
          choices={choices}
          shared={rest}
          disabled={locked}
          onChange={(next, step) =>
            run(
              setField(["conditions", name], next),
              step === undefined ? { label: "A named condition", group: `conditions/${name}` } : step,
            )
          }
        />
        <p className="secondary">
          {uses.length === 0 ? (
            "Nothing uses it yet."
          ) : (
            <>
              Used by {uses.join(", ")}.{touched.length > 0 && " An edit reaches "}
              {touched.map(({ kind, id, title }, index) => (
                <span key={`${kind}/${id}`}>
                  {index > 0 && ", "}
                  <Link to={`/design/${kind}/${id}`}>
                    {title} ({kindName(kind).toLowerCase()})
                  </Link>
                </span>
              ))}
              {touched.length > 0 && "."}
            </>
          )}
        </p>
      </div>
    </article>
  );
}

const mapValues = (object: JsonObject, change: (value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

const undefinedIfEmpty = (object: JsonObject): JsonObject | undefined =>
  Object.keys(object).length === 0 ? undefined : object;

/** The document with the conditions of every rule changed. */
function inRules(document: Json, change: (conditions: Json) => Json): Json {
  const rules = valueAt(document, ["rules"]);
  if (!Array.isArray(rules)) return document;
  const next = rules.map((rule) =>
    isObject(rule) && rule.conditions !== undefined ? { ...rule, conditions: change(rule.conditions) } : rule,
  );
  return setField(["rules"], next)(document);
}
