import { saveTaskDraft } from "../../commands/save-task-draft.ts";
import { homeView } from "../../projections/home-view.ts";
import { taskBriefs } from "../../projections/task-briefs.ts";
import { taskView } from "../../projections/task-view.ts";
import { markRead, messagesOf } from "../../store/inbox-read.ts";
import { tasksOfPerson } from "../../store/tasks-read.ts";
import { cursorOf, readCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";

/** What needs the reader: home, tasks, drafts of answers, messages. */
export const tasks: HandlersOf<"home" | "tasks" | "task" | "saveTaskDraft" | "messages" | "readMessages"> = {
  home: (_, { runtime, reader }) => homeView(runtime, reader),

  tasks: async ({ query }, { runtime, reader }) => {
    const after = readCursor(query.cursor, ["number", "text"]) as [number, string] | undefined;
    if (reader.personId === null) return { items: [], total: 0, next: null };
    const page = await tasksOfPerson(runtime.db, reader.personId, {
      now: runtime.clock.now(),
      limit: query.limit ?? 50,
      ...(query.status ? { status: query.status } : {}),
      ...(query.q ? { search: query.q } : {}),
      ...(after ? { after: { due: after[0], id: after[1] } } : {}),
    });
    return {
      items: await taskBriefs(runtime, page.tasks),
      total: page.total,
      next: page.next ? cursorOf(page.next.due, page.next.id) : null,
    };
  },

  task: ({ params }, { runtime, reader }) => taskView(runtime, reader, params.id),

  saveTaskDraft: ({ params, body }, { runtime, reader }) => saveTaskDraft(runtime, reader, params.id, body),

  messages: async ({ query }, { runtime, reader }) => {
    const after = readCursor(query.cursor, ["number", "number"]) as [number, number] | undefined;
    if (reader.personId === null) return { items: [], total: 0, next: null };
    const { messages, total, more } = await messagesOf(runtime.db, reader.personId, {
      unread: query.unread ?? false,
      limit: query.limit ?? 50,
      ...(after ? { after: { at: after[0], position: after[1] } } : {}),
    });
    const last = messages.at(-1);
    return {
      items: messages.map(({ position: _position, ...message }) => message),
      total,
      next: more && last ? cursorOf(last.at, last.position) : null,
    };
  },

  readMessages: async ({ body }, { runtime, reader, now }) => {
    if (reader.personId !== null) {
      await runtime.db.write([markRead(reader.personId, body.ids, now)]);
      runtime.events.emit({ topic: "inbox", id: reader.personId, revision: now });
    }
    return { ok: true };
  },
};
