import { SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue, useHotkeys } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { usePages } from "../../api/use-answer.ts";
import { count } from "../../text/number.ts";
import { Crumbs } from "../../ui/header-slots.tsx";
import { useShortcutGroup } from "../../ui/shortcuts.ts";
import { Nothing } from "../../ui/states.tsx";
import classes from "./inbox.module.css";
import { MessageList } from "./message-list.tsx";
import { TaskList } from "./task-list.tsx";
import { TaskPane } from "./task-pane.tsx";

const KEYS = {
  title: "Inbox",
  keys: [
    ["J", "Next task"],
    ["K", "Previous task"],
    ["Ctrl Enter", "Send the first outcome of the open task"],
    ["Esc", "Back to the list"],
  ] as [string, string][],
};

const NO_TEXT = new Set(["radio", "checkbox", "button", "range"]);

/** Whether a letter pressed now would be typed into a field. */
function typing(): boolean {
  const at = document.activeElement;
  if (at instanceof HTMLInputElement) return !NO_TEXT.has(at.type);
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLElement && at.isContentEditable);
}

type Box = "open" | "done" | "messages";

/** A reader of tasks: the list at the left, the open one at the right, the next with one key. */
export default function InboxPage() {
  useShortcutGroup(KEYS);
  const [search, setSearch] = useSearchParams();
  const box: Box = search.get("box") === "messages" ? "messages" : search.get("box") === "done" ? "done" : "open";
  const open = search.get("task");
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 200);
  const tasks = usePages(
    "tasks",
    { query: { status: box === "done" ? "done" : "open", q: asked || undefined, limit: 100 } },
    { enabled: box !== "messages" },
  );
  // A task that was sent stays in the list until the server says otherwise; it is not offered again meanwhile.
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const items = (tasks.items ?? []).filter((item) => box !== "open" || !gone.has(item.id));

  const go = (task: string | null, replace = false) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (task === null) next.delete("task");
        else next.set("task", task);
        return next;
      },
      { replace },
    );
  const step = (by: number) => {
    const at = items.findIndex((item) => item.id === open);
    const next = items[at === -1 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next) go(next.id, open !== null);
  };
  useHotkeys(
    [
      ["j", () => typing() || step(1), { preventDefault: false }],
      ["k", () => typing() || step(-1), { preventDefault: false }],
      ["Escape", () => go(null)],
    ],
    // A chosen rating keeps the focus and is an input too: what counts is whether letters are text there.
    [],
  );

  // On a wide screen the first task is open from the start: the pane would only say "choose one".
  const first = items[0]?.id;
  const wide = typeof window !== "undefined" && window.matchMedia("(min-width: 861px)").matches;
  useEffect(() => {
    if (open === null && first && wide && box === "open") go(first, true);
  });

  const choose = (next: string) => setSearch(next === "open" ? {} : { box: next });
  const sent = (done: string) => {
    const at = items.findIndex((item) => item.id === done);
    const next = items[at + 1] ?? items[at - 1];
    setGone((now) => new Set([...now, done]));
    go(wide ? (next?.id ?? null) : null, true);
    tasks.refetch();
  };
  return (
    <div className={classes.inbox} data-open={open !== null || undefined}>
      <Crumbs items={[{ title: "Inbox" }]} />
      <div className={classes.side}>
        <div className={classes.tools}>
          <SegmentedControl
            fullWidth
            aria-label="What to show"
            value={box}
            onChange={choose}
            data={[
              { value: "open", label: "To do" },
              { value: "done", label: "Done" },
              { value: "messages", label: "Messages" },
            ]}
          />
          {box !== "messages" && (
            <TextInput
              aria-label="Search my tasks"
              placeholder="Search by person or process"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {box !== "messages" && tasks.items && (
            <span className="quiet" role="status">
              {count(tasks.total, "task")}
            </span>
          )}
        </div>
        {box === "messages" ? (
          <MessageList onTask={(task) => setSearch({ task })} />
        ) : (
          <TaskList
            tasks={{ ...tasks, items: tasks.items && items }}
            open={open}
            onOpen={(id) => go(id)}
            done={box === "done"}
            searched={asked !== ""}
          />
        )}
      </div>
      <div className={classes.pane}>
        {open ? (
          <TaskPane key={open} id={open} onBack={() => go(null)} onSent={() => sent(open)} />
        ) : (
          <Nothing title={items.length === 0 ? "All done" : "Choose a task"}>
            {items.length === 0 ? "Nothing waits for you here." : "Its form opens here. J and K walk through the list."}
          </Nothing>
        )}
      </div>
    </div>
  );
}
