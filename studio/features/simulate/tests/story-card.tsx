import { ActionIcon, Button, Menu, Textarea } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { StoryRun } from "#engine/scenario/workflow-tests.ts";
import { useField } from "../../../document/editing.tsx";
import classes from "../../rules/tests/tests.module.css";

/** One test of a workflow: its title, how it goes, and what did not come out as written. */
export function StoryCard(props: {
  index: number;
  run: StoryRun | undefined;
  locked: boolean;
  onPlay: () => void;
  onRemove: () => void;
}) {
  const { index, run, locked } = props;
  const [title, setTitle] = useField(["tests", String(index), "title"], "Title of the test");
  const state = run === undefined ? "unknown" : run.green ? "green" : "red";
  return (
    <article className={classes.test} data-state={state} aria-label={`Test ${index + 1}`}>
      <Textarea
        className={classes.title}
        aria-label="Title of the test"
        autosize
        minRows={1}
        maxRows={4}
        maxLength={200}
        disabled={locked}
        value={typeof title === "string" ? title : ""}
        onChange={(change) => setTitle(change.currentTarget.value)}
      />
      <footer className={classes.foot}>
        <span className={classes.state} data-state={state}>
          {state === "unknown" ? "not run" : state}
        </span>
        <Button size="compact-xs" variant="default" onClick={props.onPlay} aria-label={`Play test ${index + 1}`}>
          Play
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label="More for this test">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={locked} color="bad" onClick={props.onRemove}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </footer>
      {run?.problems.slice(0, 4).map((problem) => (
        <p key={problem} className={classes.said}>
          {problem.charAt(0).toUpperCase() + problem.slice(1)}.
        </p>
      ))}
    </article>
  );
}
