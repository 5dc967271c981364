import { Button } from "@mantine/core";
import { useMe } from "../api/me.ts";
import classes from "./shell.module.css";
import { useViewAs } from "./use-view-as.ts";

/** Says, all the time, that one looks through somebody else's eyes. */
export function ViewingAs() {
  const me = useMe();
  const viewAs = useViewAs();
  if (!me.viewingAs) return null;
  return (
    <div className={classes.banner} role="status">
      <span className="clip">
        You see Rondo as <strong>{me.viewingAs.name}</strong>
        {me.viewingAs.title ? `, ${me.viewingAs.title}` : ""}
        <span className={classes.wide}>. What you do is done in their name.</span>
      </span>
      <Button
        size="compact-xs"
        variant="default"
        style={{ flex: "none" }}
        onClick={() => viewAs.mutate({ body: { person: null } })}
      >
        Stop
      </Button>
    </div>
  );
}
