import type { CommandAnswer } from "#engine/contract/commands.ts";
import type { Database } from "../../../runtime/db/client.ts";

interface Step {
  revision: number;
  type: "start" | "transfer" | "complete";
  to?: string;
}

/**
 * What an errand must have become, told by nothing but the answers that its client got: an independent fold, in the order of the
 * revisions that were acknowledged, against which the store is held afterwards.
 */
export class CaseModel {
  readonly caseId: string;
  readonly steps: Step[] = [];

  constructor({ caseId, revision }: CommandAnswer) {
    this.caseId = caseId;
    this.steps.push({ revision, type: "start" });
  }

  handed({ revision }: CommandAnswer, to: string): void {
    this.steps.push({ revision, type: "transfer", to });
  }

  approved({ revision }: CommandAnswer): void {
    this.steps.push({ revision, type: "complete" });
  }

  /** The acknowledged steps in their order. */
  history(): Step[] {
    return this.steps.toSorted((a, b) => a.revision - b.revision);
  }
}

/** All errands of a run. */
export class Model {
  readonly cases: CaseModel[] = [];

  begin(answer: CommandAnswer): CaseModel {
    const one = new CaseModel(answer);
    this.cases.push(one);
    return one;
  }

  /** Where the store differs from what was acknowledged. Every errand has been approved, and its time to rest is over. */
  async differences(db: Database): Promise<string[]> {
    const found: string[] = [];
    const known = new Set<string>();
    for (const one of this.cases) {
      known.add(one.caseId);
      const rows = await db.read<{ seq: number; type: string; to: string | null }>(
        "SELECT seq, type, json_extract(entry, '$.event.to') AS 'to' FROM journal WHERE case_id = ? ORDER BY seq",
        [one.caseId],
      );
      // What the machine does by itself after the approval: the rest is over, the call is made, its answer comes.
      const own = rows.splice(one.steps.length);
      const stored = rows.map(({ seq, type, to }) => `${seq} ${type} ${to ?? ""}`);
      const acknowledged = one.history().map(({ revision, type, to }) => `${revision} ${type} ${to ?? ""}`);
      if (stored.join() !== acknowledged.join())
        found.push(`${one.caseId}: acknowledged ${acknowledged.join(", ")}; stored ${stored.join(", ")}`);
      if (own.map(({ type }) => type).join() !== "timer,answer")
        found.push(`${one.caseId}: after its approval came ${own.map(({ type }) => type).join(", ") || "nothing"}`);
      const [row] = await db.read<{
        status: string;
        outcome: string | null;
        assignees: string;
        closedBy: string | null;
      }>(
        `SELECT c.status, c.outcome, t.assignees, t.closed_by AS closedBy FROM cases AS c
         JOIN tasks AS t ON t.case_id = c.id WHERE c.id = ?`,
        [one.caseId],
      );
      const last = one.history().findLast(({ type }) => type === "transfer")?.to;
      const now = `${row?.status} ${row?.outcome} ${row?.assignees} ${row?.closedBy}`;
      const wanted = `closed good ["${last}"] hana`;
      if (now !== wanted) found.push(`${one.caseId}: ${now} instead of ${wanted}`);
    }
    for (const { id } of await db.read<{ id: string }>("SELECT id FROM cases"))
      if (!known.has(id)) found.push(`the case ${id} was opened and nobody was told`);
    return found;
  }
}
