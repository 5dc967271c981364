import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { number } from "../text/number.ts";
import classes from "./unit-chooser.module.css";
import { unitTree, visibleUnits } from "./unit-tree.ts";

/** Chooses a unit from the organisation tree, with how many people each holds. Empty means everyone. */
export function UnitChooser(props: {
  value: string | null;
  onChange: (id: string | null) => void;
  label?: string;
  description?: string;
  placeholder?: string;
  width?: number | string;
}) {
  const units = useAnswer("units", {});
  const rows = useMemo(() => visibleUnits(unitTree(units.data?.items ?? []), () => true), [units.data]);
  const byId = useMemo(() => new Map(rows.map((row) => [row.unit.id, row])), [rows]);
  return (
    <Select
      w={props.width}
      label={props.label}
      description={props.description}
      aria-label={props.label ? undefined : "Unit"}
      placeholder={props.placeholder ?? "Everyone"}
      searchable
      clearable
      limit={200}
      data={rows.map((row) => ({ value: row.unit.id, label: row.unit.title }))}
      value={props.value}
      onChange={props.onChange}
      nothingFoundMessage="No unit is called that"
      renderOption={({ option }) => {
        const row = byId.get(option.value);
        return (
          <span className={classes.option} style={{ paddingLeft: (row?.depth ?? 0) * 12 }}>
            <span className="clip">{option.label}</span>
            <span className="quiet">{number(row?.unit.people ?? 0)}</span>
          </span>
        );
      }}
    />
  );
}
