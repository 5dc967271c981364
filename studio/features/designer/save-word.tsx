import { useOpen } from "../../document/editing.tsx";
import classes from "./design.module.css";

/** How the draft stands with the server, in a word that keeps its room. */
export function SaveWord() {
  const save = useOpen((state) => state.save);
  const problem = useOpen((state) => state.problem !== null);
  const words = {
    saved: "Saved",
    waiting: "Saving…",
    saving: "Saving…",
    failed: "Not saved",
    conflict: "Changed elsewhere",
  }[save.status];
  return (
    <span
      className={classes.saved}
      role="status"
      title={
        save.status === "failed"
          ? save.message
          : problem
            ? "The text is kept, though it is not JSON yet"
            : "Drafts are saved as you work"
      }
    >
      {problem ? "Kept here" : words}
    </span>
  );
}
