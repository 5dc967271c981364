import type { TaskView } from "#engine/contract/views/cases.ts";
import { valueText } from "../../ui/json-value.tsx";

/** What a case knows under a name, as people write it. */
export function datumText(data: TaskView["caseData"], name: string): string {
  const datum = data.find((one) => one.name === name);
  return valueText(datum?.value, datum?.percent);
}
