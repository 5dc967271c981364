import { ActionIcon, Autocomplete, Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Json } from "#engine/words/json.ts";
import { useEditing, useField, useLocked, useOpen } from "../../document/editing.tsx";
import { isObject, valueAt } from "../../document/json-value.ts";
import { stepPlaces } from "../../document/workflow/places.ts";
import { roleWord } from "../../graph/words.ts";
import { words } from "../../text/kinds.ts";
import classes from "./forms.module.css";

const MAY = [
  { value: "none", label: "Sees nothing" },
  { value: "read", label: "Reads" },
  { value: "write", label: "Fills in" },
  { value: "required", label: "Must fill in" },
];
const WHO = ["subject", "manager", "manager-chain", "hr-partner", "hr-admin"];
const MOMENTS: Record<string, string> = { before: "Before release", "after:released": "After release" };
const whoWord = (who: string) => (who === "subject" ? "The employee" : roleWord(who));

/** Who may do what with the form, and when: rows are roles, columns are the moments and the steps that use it. */
export function PermissionMatrix() {
  const [value, set] = useField(["permissions"], "Who may do what");
  const locked = useLocked();
  const rows = isObject(value) ? value : {};
  const steps = useStepsThatUse();
  const [adding, setAdding] = useState("");
  const moments = [
    ...new Set([
      "before",
      "after:released",
      ...steps.map((step) => step.id),
      ...Object.values(rows).flatMap((row) => (isObject(row) ? Object.keys(row) : [])),
    ]),
  ];
  const title = (moment: string) =>
    MOMENTS[moment] ?? steps.find((step) => step.id === moment)?.title ?? words(moment.replace(":", " "));
  const change = (who: string, moment: string | null, may: string | null) => {
    const old = rows[who];
    if (moment === null) set({ ...rows, [who]: may ?? {} });
    else {
      const { [moment]: _gone, ...rest } = isObject(old) ? old : {};
      set({ ...rows, [who]: may === null ? rest : { ...(isObject(old) ? old : {}), [moment]: may } });
    }
  };
  const remove = (who: string) => {
    const { [who]: _gone, ...rest } = rows;
    set(Object.keys(rest).length === 0 ? undefined : rest);
  };
  const free = WHO.filter((who) => !Object.hasOwn(rows, who));
  return (
    <section className={classes.matrix} aria-label="Who may do what">
      <h3>Who may do what</h3>
      <p className="secondary">
        Whoever has the task fills it in. Here you say what others see, and when. “Always” stands for every moment.
      </p>
      {Object.keys(rows).length > 0 && (
        <div className={classes.scroll}>
          <table>
            <thead>
              <tr>
                <th scope="col">Who</th>
                <th scope="col">Always</th>
                {moments.map((moment) => (
                  <th key={moment} scope="col">
                    {title(moment)}
                  </th>
                ))}
                <th />
              </tr>
            </thead>
            <tbody>
              {Object.entries(rows).map(([who, row]) => (
                <tr key={who}>
                  <th scope="row">{whoWord(who)}</th>
                  <td>
                    <Cell
                      label={`${whoWord(who)}, always`}
                      value={row}
                      disabled={locked}
                      empty="By moment"
                      onChange={(may) => change(who, null, may)}
                    />
                  </td>
                  {moments.map((moment) => (
                    <td key={moment}>
                      <Cell
                        label={`${whoWord(who)}, ${title(moment).toLowerCase()}`}
                        value={valueAt(row, [moment])}
                        disabled={locked || typeof row === "string"}
                        empty="—"
                        onChange={(may) => change(who, moment, may)}
                      />
                    </td>
                  ))}
                  <td>
                    <ActionIcon
                      size={24}
                      aria-label={`Remove ${whoWord(who)}`}
                      disabled={locked}
                      onClick={() => remove(who)}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!locked && (
        <form
          className={classes.addRow}
          onSubmit={(event) => {
            event.preventDefault();
            const who = adding.trim() || free[0];
            if (who && !Object.hasOwn(rows, who)) set({ ...rows, [who]: "read" });
            setAdding("");
          }}
        >
          <Autocomplete
            aria-label="Whom to add"
            placeholder={free[0] ? whoWord(free[0]) : "A role"}
            data={free}
            value={adding}
            onChange={setAdding}
          />
          <Button type="submit" variant="default" size="xs">
            Add
          </Button>
        </form>
      )}
    </section>
  );
}

function Cell(props: {
  label: string;
  value: Json | undefined;
  disabled: boolean;
  empty: string;
  onChange: (may: string | null) => void;
}) {
  return (
    <Select
      size="xs"
      w={118}
      aria-label={props.label}
      placeholder={props.empty}
      clearable
      disabled={props.disabled}
      data={MAY}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.onChange}
    />
  );
}

/** The steps of other workflows that ask with this form. */
function useStepsThatUse(): { id: string; title: string }[] {
  const { others } = useEditing();
  const id = useOpen((state) => state.id);
  return useMemo(
    () =>
      others.flatMap((other) =>
        valueAt(other, ["kind"]) === "workflow"
          ? stepPlaces(other).flatMap((place) =>
              place.step.form === id ? [{ id: place.id, title: String(place.step.title ?? place.id) }] : [],
            )
          : [],
      ),
    [others, id],
  );
}
