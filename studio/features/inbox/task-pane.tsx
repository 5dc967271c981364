import { useAnswer } from "../../api/use-answer.ts";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { BundleBody } from "./bundle-body.tsx";
import classes from "./inbox.module.css";
import { SessionBody } from "./session-body.tsx";
import { TaskBody } from "./task-body.tsx";

/** The open task. While its case moves on elsewhere, what is typed here stays. */
export function TaskPane({ id, onBack, onSent }: { id: string; onBack: () => void; onSent: () => void }) {
  const task = useAnswer("task", { params: { id } });
  if (task.error && !task.data) {
    return (
      <div className={classes.scroll}>
        <Failed error={task.error} retry={() => void task.refetch()} what="this task" />
      </div>
    );
  }
  if (!task.data) {
    return (
      <div className={classes.scroll}>
        <ListSkeleton rows={7} height={56} />
      </div>
    );
  }
  const { rows } = task.data;
  if (rows && task.data.task.kind === "calibration")
    return <SessionBody view={task.data} rows={rows} onBack={onBack} onSent={onSent} />;
  if (rows && rows.length > 1) return <BundleBody view={task.data} rows={rows} onBack={onBack} onSent={onSent} />;
  return <TaskBody view={task.data} onBack={onBack} onSent={onSent} />;
}
