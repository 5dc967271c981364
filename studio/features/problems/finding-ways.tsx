import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { applyEdit } from "#engine/rules/analyse/apply-edit.ts";
import type { Finding, Fix } from "#engine/rules/analyse/finding.ts";
import { useLocked, useRun } from "../../document/editing.tsx";
import { isObject } from "../../document/json-value.ts";
import classes from "./problems.module.css";

/**
 * The ways out of a finding: one click takes the first, the others are in a menu; each is one step of undo. Not offered
 * while the finding is of an older document than the one on the screen: its places may have moved.
 */
export function FindingWays({ finding, current }: { finding: Finding; current: boolean }) {
  const run = useRun();
  const locked = useLocked();
  const { fix, alternatives = [] } = finding;
  if (!fix || locked) return null;
  const take = ({ words, edit }: Fix) =>
    run((document) => (isObject(document) ? applyEdit(document, edit) : document), words);
  return (
    <span className={classes.ways}>
      <button type="button" className={classes.fix} title={fix.words} disabled={!current} onClick={() => take(fix)}>
        Fix
      </button>
      {alternatives.length > 0 && (
        <Menu position="bottom-end" width={340} withinPortal>
          <Menu.Target>
            <button type="button" className={classes.fix} aria-label="Other ways to fix it" disabled={!current}>
              <IconChevronDown size={13} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {[fix, ...alternatives].map((way) => (
              <Menu.Item key={way.words} onClick={() => take(way)}>
                {way.words}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  );
}
