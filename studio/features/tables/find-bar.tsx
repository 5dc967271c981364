import { ActionIcon, CloseButton, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import classes from "./tables.module.css";

/** Looks for a text in all cells: Enter goes on, Shift+Enter back. */
export function FindBar(props: {
  text: string;
  /** Which of how many one looks at, from one; null: none. */
  place: number | null;
  count: number;
  onText: (text: string) => void;
  onStep: (back: boolean) => void;
  onClose: () => void;
}) {
  const { text, place, count } = props;
  const said = text.trim() === "" ? "" : count === 0 ? "Not found" : `${place ?? "–"} of ${count.toLocaleString("en")}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: search as an element is not known to all browsers yet
    <div role="search" className={classes.find}>
      <TextInput
        size="xs"
        aria-label="Find in the table"
        placeholder="Find in the table"
        data-autofocus
        autoFocus
        value={text}
        onChange={(event) => props.onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") props.onStep(event.shiftKey);
          else if (event.key === "Escape") props.onClose();
          else return;
          event.preventDefault();
        }}
      />
      <span className={classes.findCount} role="status">
        {said}
      </span>
      <ActionIcon size={26} aria-label="The one before" disabled={count === 0} onClick={() => props.onStep(true)}>
        <IconChevronUp size={15} />
      </ActionIcon>
      <ActionIcon size={26} aria-label="The next" disabled={count === 0} onClick={() => props.onStep(false)}>
        <IconChevronDown size={15} />
      </ActionIcon>
      <CloseButton size="sm" aria-label="Stop looking" onClick={props.onClose} />
    </div>
  );
}
