import { Button } from "@mantine/core";
import { useEditing, useOpen } from "../../document/editing.tsx";
import classes from "./design.module.css";

/** Somebody else saved the same draft: both texts are kept, and the person chooses (U37). Also says why saving fails. */
export function ConflictBanner() {
  const { store } = useEditing();
  const save = useOpen((state) => state.save);
  if (save.status === "failed")
    return (
      <div className={`${classes.banner} ${classes.bannerbad}`} role="alert">
        <p>The draft could not be saved: {save.message} It is kept in this tab and will be tried again.</p>
      </div>
    );
  if (save.status !== "conflict") return null;
  return (
    <div className={classes.banner} role="alert">
      <p>
        Somebody else has saved this draft since you opened it. Nothing of yours or theirs is lost: choose what to go on
        with.
      </p>
      <Button variant="default" size="compact-sm" onClick={() => store.getState().settle("theirs")}>
        Take theirs (undo brings mine back)
      </Button>
      <Button size="compact-sm" onClick={() => store.getState().settle("mine")}>
        Go on with mine
      </Button>
    </div>
  );
}
