import { Button, Textarea } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import type { TaskView } from "#engine/contract/views/cases.ts";
import { Form } from "#engine/definition/form.ts";
import { deed, isAgainst } from "../../text/outcomes.ts";
import classes from "./inbox.module.css";

/** The form of a task: null where it has none, and where the one it has cannot be read. */
export function useFormOf({ form }: TaskView): { form: Form | null; unreadable: boolean } {
  const parsed = useMemo(() => (form === null ? null : Form.safeParse(form)), [form]);
  return { form: parsed?.success ? parsed.data : null, unreadable: parsed?.success === false };
}

/** What brings a task forward: the first outcome that speaks against nothing. */
export const leadOf = (outcomes: readonly string[]): string | undefined =>
  outcomes.find((outcome) => !isAgainst(outcome)) ?? outcomes[0];

/** The way back to the list, on a phone. */
export function BackToTasks({ onBack }: { onBack: () => void }) {
  return (
    <Button
      className={classes.back}
      variant="subtle"
      size="compact-sm"
      w="fit-content"
      leftSection={<IconArrowLeft size={15} />}
      onClick={onBack}
    >
      All tasks
    </Button>
  );
}

/** A comment that goes with an answer. */
export function CommentField(props: {
  description: string;
  minRows: number;
  value: string;
  onChange: (comment: string) => void;
}) {
  return (
    <Textarea
      label="Comment"
      description={props.description}
      autosize
      minRows={props.minRows}
      maxLength={4000}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

/** The outcomes of a task as buttons, the one that brings it forward last and filled. */
export function OutcomeButtons(props: {
  outcomes: readonly string[];
  isLoading: (outcome: string) => boolean;
  onChoose: (outcome: string) => void;
  disabled?: boolean;
  /** What stands behind the outcome, e.g. how many rows it goes to. */
  more?: ReactNode;
}) {
  const lead = leadOf(props.outcomes);
  return [...props.outcomes]
    .sort((a, b) => Number(a === lead) - Number(b === lead))
    .map((outcome) => (
      <Button
        key={outcome}
        variant={outcome === lead ? "filled" : "default"}
        disabled={props.disabled ?? false}
        loading={props.isLoading(outcome)}
        onClick={() => props.onChoose(outcome)}
      >
        {deed(outcome)}
        {props.more}
      </Button>
    ));
}
