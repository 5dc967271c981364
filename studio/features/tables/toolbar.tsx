import { ActionIcon, Button, Menu, Select, TextInput, Tooltip } from "@mantine/core";
import { IconColumnInsertRight, IconRowInsertBottom, IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { HitPolicy } from "#engine/rules/table.ts";
import { POLICIES } from "./hit-policies.ts";
import type { Sheet } from "./sheet.ts";
import classes from "./tables.module.css";

/** What is said of the table as a whole, and what can be done with it. */
export function Toolbar(props: {
  sheet: Sheet;
  locked: boolean;
  onPolicy: (policy: string) => void;
  onEvent: (event: string) => void;
  onAddRow: () => void;
  onAddColumn: (side: "cells" | "out") => void;
  onFind: () => void;
  /** In and out. */
  children: ReactNode;
}) {
  const { sheet, locked } = props;
  const policy = HitPolicy.safeParse(sheet.hitPolicy);
  return (
    <div className={classes.toolbar}>
      <Select
        className={classes.policy}
        aria-label="Where several rows fit"
        description={policy.success ? POLICIES[policy.data].means : undefined}
        inputWrapperOrder={["input", "description"]}
        allowDeselect={false}
        disabled={locked}
        comboboxProps={{ width: 380, position: "bottom-start" }}
        maxDropdownHeight={420}
        data={HitPolicy.options.map((value) => ({ value, label: POLICIES[value].label }))}
        value={sheet.hitPolicy}
        onChange={(next) => next && props.onPolicy(next)}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <strong>{option.label}</strong>
            <small>{POLICIES[option.value as HitPolicy].means}</small>
          </span>
        )}
      />
      <TextInput
        className={classes.event}
        aria-label="What a row that fits is called"
        description="what a row that fits says"
        inputWrapperOrder={["input", "description"]}
        placeholder="matched"
        disabled={locked}
        value={sheet.event}
        onChange={(event) => props.onEvent(event.currentTarget.value)}
      />
      <span className={classes.spring} />
      <div className={classes.tools}>
        {!locked && (
          <>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconRowInsertBottom size={15} />}
              disabled={sheet.columns.length === 0}
              onClick={props.onAddRow}
            >
              Row
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" size="xs" leftSection={<IconColumnInsertRight size={15} />}>
                  Column
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => props.onAddColumn("cells")}>A condition: what rows ask</Menu.Item>
                <Menu.Item onClick={() => props.onAddColumn("out")}>An answer: what rows say</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
        {props.children}
        <Tooltip label="Find in the table (Ctrl F)">
          <ActionIcon variant="default" size={30} aria-label="Find in the table" onClick={props.onFind}>
            <IconSearch size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}
