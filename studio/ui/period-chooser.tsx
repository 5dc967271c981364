import { Select } from "@mantine/core";
import { type Grain, periodName, recentPeriods } from "../text/period.ts";
import { useNow } from "./use-now.ts";

/** Chooses a period among the recent ones: of one grain, or months, quarters and years together. */
export function PeriodChooser(props: {
  value: string;
  onChange: (period: string) => void;
  grain?: Grain | undefined;
  label?: string;
  description?: string;
  width?: number;
}) {
  const now = useNow();
  const group = (name: string, grain: Grain, howMany: number) => ({
    group: name,
    items: recentPeriods(now, grain, howMany).map((period) => ({ value: period, label: periodName(period) })),
  });
  const data = [
    ...(props.grain === undefined || props.grain === "month" ? [group("Months", "month", 18)] : []),
    ...(props.grain === undefined || props.grain === "quarter" ? [group("Quarters", "quarter", 8)] : []),
    ...(props.grain === "half" ? [group("Half-years", "half", 6)] : []),
    ...(props.grain === undefined || props.grain === "year" ? [group("Years", "year", 3)] : []),
  ];
  const known = data.some((one) => one.items.some((item) => item.value === props.value));
  return (
    <Select
      w={props.width}
      label={props.label}
      description={props.description}
      aria-label={props.label ? undefined : "Period"}
      allowDeselect={false}
      searchable
      data={
        known ? data : [{ group: "Chosen", items: [{ value: props.value, label: periodName(props.value) }] }, ...data]
      }
      value={props.value}
      onChange={(value) => value && props.onChange(value)}
    />
  );
}
