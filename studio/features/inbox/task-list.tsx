import { Button } from "@mantine/core";
import type { TaskBrief } from "#engine/contract/views/cases.ts";
import { useAboutMe } from "../../api/about-me.ts";
import type { ProblemError } from "../../api/problem-error.ts";
import { sentence } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { Due, When } from "../../ui/when.tsx";
import classes from "./inbox.module.css";

interface Tasks {
  items: TaskBrief[] | undefined;
  error: ProblemError | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  more: () => void;
  refetch: () => void;
}

/** My tasks, the most urgent first. */
export function TaskList(props: {
  tasks: Tasks;
  open: string | null;
  onOpen: (id: string) => void;
  done: boolean;
  searched: boolean;
}) {
  const { tasks } = props;
  const told = useAboutMe();
  if (tasks.error && !tasks.items) return <Failed error={tasks.error} retry={tasks.refetch} what="these tasks" />;
  if (!tasks.items) return <ListSkeleton rows={8} height={58} />;
  if (tasks.items.length === 0) {
    return props.searched ? (
      <Nothing title="No task fits">Try a part of a person's name or of the process.</Nothing>
    ) : props.done ? (
      <Nothing title="Nothing done yet">What you finish is kept here, with what you answered.</Nothing>
    ) : (
      <Nothing title="Nothing to do">New tasks appear here by themselves.</Nothing>
    );
  }
  return (
    <div className={classes.list}>
      {tasks.items.map((task) => (
        <button
          key={task.id}
          type="button"
          className={classes.item}
          aria-current={props.open === task.id}
          onClick={() => props.onOpen(task.id)}
        >
          <div className={classes.itemHead}>
            <span className={`${classes.itemTitle} clip`}>
              {task.bundle
                ? count(task.bundle.rows, "row")
                : told.isMine(task)
                  ? task.title
                  : sentence(task.subjectName)}
            </span>
            <span className={classes.when}>
              {props.done ? (
                <When at={task.openedAt} as="day" />
              ) : (
                <Due at={task.dueAt} overdue={task.overdue} paused={task.paused} />
              )}
            </span>
          </div>
          <div className={`${classes.itemUnder} clip`}>
            {told.isMine(task) && !task.bundle ? "About you" : task.title}
            {task.bundle && task.bundle.overdue > 0 ? `, ${task.bundle.overdue} late` : ""}
          </div>
          <div className={`${classes.itemUnder} clip quiet`}>
            {[task.workflow.name, task.period ? periodName(task.period) : null].filter(Boolean).join(" · ")}
          </div>
        </button>
      ))}
      {tasks.hasMore && (
        <Button variant="subtle" fullWidth loading={tasks.isLoadingMore} onClick={tasks.more}>
          More
        </Button>
      )}
    </div>
  );
}
