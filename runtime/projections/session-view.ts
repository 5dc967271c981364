import type { SessionView } from "#engine/contract/views/cases.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import type { StoredCase } from "../store/cases-load.ts";
import type { StoredTask } from "../store/tasks-read.ts";
import { subjectName } from "./case-briefs.ts";
import { briefOf } from "./me-view.ts";
import { participantsOf } from "./participants.ts";

/**
 * A case that many share, as its session: the head of the unit it is about owns it, whose task it is facilitates, the managers
 * of those it is about take part. It is in set-up until a facilitator takes it on or has begun to answer, and final once ended.
 */
export async function sessionView(
  runtime: Runtime,
  { state }: StoredCase,
  tasks: readonly StoredTask[],
): Promise<SessionView | undefined> {
  if (!state.members) return undefined;
  const directory = await runtime.organisation.directory();
  const date = today(directory, runtime.clock.now());
  const heads = state.subject.kind === "unit" ? directory.grantHoldersAt("head", state.subject.id, date) : [];
  const brief = (id: string) => briefOf(directory, id);
  return {
    status: await statusOf(runtime, state.status, tasks),
    owner: heads[0] === undefined ? null : brief(heads[0]),
    facilitators: [...new Set(tasks.flatMap(({ assignees }) => assignees))].map(brief),
    participants: participantsOf(state.members, directory, date).map(brief),
    subjects: state.members.map(({ subject, caseId, joinedAt }) => ({
      subject,
      name: subjectName(subject, directory, subject.kind === "person" ? subject.id : null),
      caseId,
      joinedAt,
    })),
  };
}

async function statusOf(
  runtime: Runtime,
  status: string,
  tasks: readonly StoredTask[],
): Promise<SessionView["status"]> {
  if (status === "closed" || status === "cancelled") return "final";
  const open = tasks.filter((task) => task.status === "open");
  if (open.some(({ claimedBy }) => claimedBy !== null) || tasks.length > open.length) return "in-progress";
  const ids = JSON.stringify(open.map(({ id }) => id));
  const begun = await runtime.db.read(
    "SELECT 1 FROM task_drafts WHERE task IN (SELECT value FROM json_each(?)) LIMIT 1",
    [ids],
  );
  return begun.length > 0 ? "in-progress" : "set-up";
}
