import type { Definition } from "#engine/definition/definition.ts";
import { contentHash } from "#engine/definition/hash.ts";
import { type Issue, publishable } from "#engine/words/issue.ts";
import { faultPoint } from "../fault-points.ts";
import { listVersions, type VersionRow } from "../store/definitions-read.ts";
import { publishStatements } from "../store/definitions-write.ts";
import { rememberKeys } from "../store/idempotency.ts";
import { checkSource, existing, staleDraft } from "./draft.ts";
import { Refused } from "./refused.ts";
import { resolveHolidays, yearsAround } from "./resolve-holidays.ts";
import type { Principal, Runtime } from "./runtime.ts";
import { storyIssues } from "./tell-stories.ts";

/** What publishing needs: a note on what changed, and the revision that was looked at. */
export interface PublishInput {
  note: string;
  expectedRevision: number;
  key?: string;
}

/**
 * Publishes a draft as the next immutable version. Cases that run stay on theirs; new ones take this one. Publishing a
 * calendar writes its holidays into the version. Throws `Refused`: `nothing-to-publish`, `stale-revision`, `has-problems`
 * with the issues.
 */
export async function publishDefinition(
  runtime: Runtime,
  principal: Principal,
  kind: string,
  id: string,
  input: PublishInput,
): Promise<VersionRow> {
  const { key: _key, ...body } = input;
  return runtime.keys.once<VersionRow>(principal, input.key, { publish: { kind, id, ...body } }, async (remember) => {
    const row = await existing(runtime, kind, id);
    if (row.revision !== input.expectedRevision) throw staleDraft(row, input.expectedRevision);
    if (row.draft === null) throw new Refused("nothing-to-publish", "There is no draft to publish.");
    const { definition, issues } = checkSource(runtime, row.draft);
    refuseProblems(issues);
    refuseProblems(await storyIssues(runtime, definition!));
    const document = await prepared(runtime, definition!);
    const versions = await listVersions(runtime.db, kind, id);
    const at = runtime.clock.now();
    const version: VersionRow = {
      kind: document.kind,
      id,
      version: (versions[0]?.version ?? 0) + 1,
      hash: contentHash(document),
      source: row.draft,
      document,
      note: input.note,
      publishedAt: at,
      publishedBy: principal.personId,
      retiredAt: null,
    };
    const remembered = remember(version);
    faultPoint("before-publish");
    const write = runtime.audit.write(
      {
        at,
        by: principal.personId,
        what: "definition.published",
        words: `published version ${version.version} of the ${kind} "${document.title}"`,
        details: { kind, id, version: version.version, hash: version.hash, note: input.note },
      },
      [
        ...publishStatements(version, input.expectedRevision, at, principal.personId),
        ...(remembered ? rememberKeys([remembered]) : []),
      ],
    );
    await write.catch((cause) => {
      // The guard of the batch: somebody published or saved between our look and our write.
      throw /malformed JSON|UNIQUE/.test(String(cause)) ? staleDraft(row, input.expectedRevision) : cause;
    });
    await runtime.catalogue.refresh();
    runtime.events.emit({ topic: "definition", id: `${kind}/${id}`, revision: row.revision + 1 });
    return version;
  });
}

function refuseProblems(issues: Issue[]): void {
  if (publishable(issues)) return;
  const errors = issues.filter(({ severity }) => severity === "error");
  throw new Refused(
    "has-problems",
    `The draft has ${errors.length} ${errors.length === 1 ? "problem" : "problems"} that must be solved first.`,
    { issues },
  );
}

/** The document as its version keeps it. */
async function prepared(runtime: Runtime, definition: Definition): Promise<Definition> {
  if (definition.kind !== "calendar") return definition;
  const { calendar, issues } = await resolveHolidays(
    definition,
    yearsAround(new Date(runtime.clock.now()).getUTCFullYear()),
  );
  refuseProblems(issues);
  return calendar;
}
