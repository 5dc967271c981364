import { Button, Popover, Select, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import type { Reading } from "./mapping.tsx";

const SEPARATORS = [
  { value: ",", label: "Commas" },
  { value: ";", label: "Semicolons" },
  { value: "\t", label: "Tabs" },
  { value: "|", label: "Bars" },
] as const;
const ORDERS = [
  { value: "ymd", label: "2026-03-31" },
  { value: "dmy", label: "31.03.2026" },
  { value: "mdy", label: "03/31/2026" },
] as const;

/** How the file is read, where Rondo guessed wrong: its separator, its header, its dates and decimals. */
export function ReadingOptions(props: { view: Answer<"import">; busy: boolean; onChange: (reading: Reading) => void }) {
  const { view } = props;
  const [order, setOrder] = useState<string | null>(null);
  const [comma, setComma] = useState(false);
  return (
    <Popover position="bottom-end" width={260}>
      <Popover.Target>
        <Button variant="default" size="compact-sm" loading={props.busy}>
          How it is read
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Select
            label="Separated by"
            comboboxProps={{ withinPortal: false }}
            data={[...SEPARATORS]}
            value={view.separator}
            onChange={(value) => {
              const found = SEPARATORS.find((one) => one.value === value);
              if (found) props.onChange({ separator: found.value });
            }}
          />
          <Select
            label="Dates look like"
            placeholder="as guessed"
            comboboxProps={{ withinPortal: false }}
            data={[...ORDERS]}
            value={order}
            onChange={(value) => {
              const found = ORDERS.find((one) => one.value === value);
              setOrder(found?.value ?? null);
              if (found) props.onChange({ dateOrder: found.value });
            }}
          />
          <Switch
            label="Decimals have a comma"
            checked={comma}
            onChange={(event) => {
              setComma(event.currentTarget.checked);
              props.onChange({ decimalComma: event.currentTarget.checked });
            }}
          />
          <Switch
            label="The first row is the header"
            checked={view.hasHeader}
            onChange={(event) => props.onChange({ hasHeader: event.currentTarget.checked })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
