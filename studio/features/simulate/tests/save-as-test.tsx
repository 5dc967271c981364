import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "../simulate.module.css";

/** Keeps a simulation, up to the moment that is looked at, as a test beside the workflow. */
export function SaveAsTest({ likely, onSave }: { likely: string; onSave: (title: string) => Promise<boolean> }) {
  const [title, setTitle] = useState<string | null>(null);
  const [state, setState] = useState<"ready" | "saving" | "saved">("ready");
  const save = async () => {
    setState("saving");
    setState((await onSave((title ?? likely).trim() || likely)) ? "saved" : "ready");
  };
  if (state === "saved")
    return (
      <p role="status" className="secondary">
        Saved as a test. It stands beside the drawing, and runs before every publish.
      </p>
    );
  return (
    <form
      className={classes.save}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        size="xs"
        aria-label="What this shows"
        maxLength={200}
        value={title ?? likely}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" loading={state === "saving"}>
        Save as test
      </Button>
    </form>
  );
}
