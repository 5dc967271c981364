import { Button } from "@mantine/core";
import { Link } from "react-router";
import { usePages } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { Chip } from "../../ui/chip.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import classes from "./inbox.module.css";

/** What was told to me, newest first; an unread one is marked, opening its task marks it read. */
export function MessageList({ onTask }: { onTask: (task: string) => void }) {
  const messages = usePages("messages", { query: { limit: 50 } });
  const read = useCall("readMessages", { stale: ["messages"] });
  if (messages.error && !messages.items) return <Failed error={messages.error} retry={messages.refetch} />;
  if (!messages.items) return <ListSkeleton rows={8} height={58} />;
  if (messages.items.length === 0) {
    return <Nothing title="No messages">Reminders and escalations that concern you appear here.</Nothing>;
  }
  const unread = messages.items.filter((message) => message.readAt === null).map((message) => message.id);
  return (
    <div className={classes.list}>
      {unread.length > 0 && (
        <Button
          variant="subtle"
          fullWidth
          loading={read.isPending}
          onClick={() => read.mutate({ body: { ids: unread } })}
        >
          Mark all as read
        </Button>
      )}
      {messages.items.map((message) => (
        <div key={message.id} className={classes.item} style={{ cursor: "default" }}>
          <div className={classes.itemHead}>
            <span className={`${classes.itemTitle} clip`}>
              {message.readAt === null && (
                <>
                  <span className={classes.unread} aria-hidden="true" />
                  <span className="unseen">unread: </span>
                </>
              )}
              {message.title}
            </span>
            <span className={classes.when}>
              <When at={message.at} />
            </span>
          </div>
          <div className={classes.itemUnder} style={{ whiteSpace: "pre-wrap", margin: "2px 0 4px" }}>
            {message.body}
          </div>
          <div style={{ display: "flex", gap: 10, alignItems: "center" }}>
            {message.kind === "escalation" && <Chip tone="attention">Escalation</Chip>}
            {message.taskId && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => {
                  if (message.readAt === null) read.mutate({ body: { ids: [message.id] } });
                  if (message.taskId) onTask(message.taskId);
                }}
              >
                Open the task
              </Button>
            )}
            {message.caseId && <Link to={`/cases/${encodeURIComponent(message.caseId)}`}>See the case</Link>}
          </div>
        </div>
      ))}
      {messages.hasMore && (
        <Button variant="subtle" fullWidth loading={messages.isLoadingMore} onClick={messages.more}>
          Older
        </Button>
      )}
    </div>
  );
}
