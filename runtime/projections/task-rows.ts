import type { TaskRow } from "#engine/contract/views/cases.ts";
import { Forbidden } from "../access/forbidden.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { StoredTask } from "../store/tasks-read.ts";
import { accessCase, type CaseAccess } from "./case-access.ts";
import { subjectName } from "./case-briefs.ts";
import { caseDataOf } from "./case-data.ts";
import { sentence, spelled } from "./say.ts";
import { taskBriefs } from "./task-briefs.ts";

/** The rows of a bundle: the reader's own open tasks that are worked on together. */
export async function bundleRows(runtime: Runtime, reader: Reader, tasks: readonly StoredTask[]): Promise<TaskRow[]> {
  const briefs = await taskBriefs(runtime, tasks);
  return Promise.all(
    briefs.map(async (brief): Promise<TaskRow> => {
      const access = await accessCase(runtime, reader, brief.caseId);
      const { state, frame } = access.stored;
      const { subject, subjectName: name, dueAt, overdue, because } = brief;
      return {
        id: brief.id,
        caseId: brief.caseId,
        revision: state.revision,
        subject,
        subjectName: name,
        dueAt,
        overdue,
        because,
        caseData: caseDataOf(access, await runtime.catalogue.pinned(frame.bundle), reader),
      };
    }),
  );
}

/** The rows of a session or a grouped alert: whom or what it is about. What came with a member stands with it. */
export async function sessionRows(runtime: Runtime, reader: Reader, access: CaseAccess): Promise<TaskRow[]> {
  const directory = await runtime.organisation.directory();
  const { state } = access.stored;
  return Promise.all(
    (state.members ?? []).map(async (member): Promise<TaskRow> => {
      const own = member.caseId === null ? undefined : await openTo(runtime, reader, member.caseId);
      const name = subjectName(member.subject, directory, member.subject.kind === "person" ? member.subject.id : null);
      return {
        id: member.subject.id,
        caseId: member.caseId ?? state.id,
        revision: own?.stored.state.revision ?? state.revision,
        subject: member.subject,
        subjectName: name,
        dueAt: null,
        overdue: false,
        because: member.caseId === null ? "It happened, and belongs to this." : "The case waits for this session.",
        caseData: own
          ? caseDataOf(own, await runtime.catalogue.pinned(own.stored.frame.bundle), reader)
          : Object.entries(member.data).map(([field, value]) => ({
              name: field,
              title: sentence(spelled(field)),
              value,
            })),
      };
    }),
  );
}

/** A member's case as far as the reader may see it; undefined where it is not theirs to see. */
async function openTo(runtime: Runtime, reader: Reader, id: string): Promise<CaseAccess | undefined> {
  try {
    return await accessCase(runtime, reader, id);
  } catch (cause) {
    if (cause instanceof Forbidden) return undefined;
    throw cause;
  }
}
