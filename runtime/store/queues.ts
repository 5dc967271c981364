import type { Queue } from "#engine/organisation/model.ts";
import type { Statement } from "../db/client.ts";

/** Statements that create queues or replace their title and members. */
export function queuesStatements(queues: readonly Queue[]): Statement[] {
  return queues.flatMap((queue) => [
    {
      sql: "INSERT INTO queues (id, title) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title",
      args: [queue.id, queue.title],
    },
    { sql: "DELETE FROM queue_members WHERE queue = ?", args: [queue.id] },
    {
      sql: "INSERT INTO queue_members (queue, person, position) SELECT ?, value, key FROM json_each(?)",
      args: [queue.id, JSON.stringify(queue.members)],
    },
  ]);
}
