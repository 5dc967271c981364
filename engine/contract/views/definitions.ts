import { z } from "zod";
import { Json } from "../../words/json.ts";
import { Instant, IssueView } from "../common.ts";

/** A document as lists show it. */
export const DefinitionBrief = z
  .object({
    kind: z.string(),
    id: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    draft: z
      .object({
        revision: z.number().int(),
        updatedAt: Instant,
        updatedBy: z.string().nullable(),
        differs: z.boolean(),
      })
      .nullable(),
    live: z
      .object({ version: z.number().int(), publishedAt: Instant, publishedBy: z.string().nullable(), hash: z.string() })
      .nullable(),
    openCases: z.number().int(),
    problems: z.object({ errors: z.number().int(), warnings: z.number().int() }),
  })
  .meta({ id: "DefinitionBrief" });
export type DefinitionBrief = z.infer<typeof DefinitionBrief>;

/** One immutable version. */
export const VersionView = z
  .object({
    version: z.number().int(),
    hash: z.string(),
    note: z.string(),
    publishedAt: Instant,
    publishedBy: z.string().nullable(),
    retiredAt: Instant.nullable(),
    openCases: z.number().int(),
  })
  .meta({ id: "VersionView" });

/** A document with its draft source and its versions. `source` is the author's own text, byte for byte. */
export const DefinitionView = z
  .object({
    brief: DefinitionBrief,
    source: z.string(),
    document: Json,
    revision: z.number().int(),
    issues: z.array(IssueView),
    versions: z.array(VersionView),
  })
  .meta({ id: "DefinitionView" });
export type DefinitionView = z.infer<typeof DefinitionView>;

/** A difference between two versions, in words. */
export const ChangeView = z
  .object({ kind: z.enum(["added", "removed", "changed"]), path: z.string(), words: z.string() })
  .meta({ id: "Change" });

/** Who a launch would take in, and who not, with the reason. */
export const PopulationPreview = z
  .object({
    included: z.number().int(),
    excluded: z.number().int(),
    alreadyOpen: z.number().int(),
    withoutActor: z.number().int(),
    sample: z.array(
      z.object({
        person: z.string(),
        name: z.string(),
        unit: z.string().nullable(),
        included: z.boolean(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: "PopulationPreview" });

/** Where to launch: a unit with everything below it, named people, or everyone; further narrowed by the document's own rules. */
export const LaunchRequest = z
  .strictObject({
    unit: z.string().max(100).optional(),
    people: z.array(z.string().max(100)).max(100_000).optional(),
    period: z.string().max(20).optional(),
    with: z.record(z.string().max(64), Json).optional(),
    key: z.string().min(8).max(100).optional(),
  })
  .meta({ id: "LaunchRequest" });

/** Long work: a launch, an import, a payout run. */
export const JobView = z
  .object({
    id: z.string(),
    kind: z.enum(["launch", "import", "payout", "demo", "verify", "backup", "export", "fix", "move"]),
    title: z.string(),
    status: z.enum(["waiting", "running", "done", "failed", "cancelled"]),
    done: z.number().int(),
    total: z.number().int(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    /** A sentence: "4,950 cases opened, 0 already open". */
    message: z.string(),
    result: Json.nullable(),
    /** Whether it can still be stopped. What it has done by then stays: cases that are open are open. */
    mayCancel: z.boolean(),
  })
  .meta({ id: "Job" });
export type JobView = z.infer<typeof JobView>;

/** A template in the gallery. */
export const TemplateView = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    documents: z.array(z.object({ kind: z.string(), id: z.string(), title: z.string() })),
    scenarios: z.number().int(),
    main: z.object({ kind: z.string(), id: z.string() }),
    installed: z.boolean(),
  })
  .meta({ id: "Template" });

/** A parameter on the admin's sheet. */
export const ParameterView = z
  .object({
    sheet: z.object({ kind: z.string(), id: z.string(), title: z.string() }),
    name: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    type: z.string(),
    unit: z.string().nullable(),
    default: z.union([z.number(), z.string(), z.boolean()]),
    min: z.number().nullable(),
    max: z.number().nullable(),
    of: z.array(Json).nullable(),
    value: z.union([z.number(), z.string(), z.boolean()]),
    version: z.number().int(),
    mayEdit: z.boolean(),
    usedBy: z.array(z.object({ kind: z.string(), id: z.string(), title: z.string() })),
    history: z.array(
      z.object({
        version: z.number().int(),
        old: Json,
        value: Json,
        scope: z.string(),
        reason: z.string(),
        by: z.string().nullable(),
        at: Instant,
      }),
    ),
  })
  .meta({ id: "ParameterView" });
export type ParameterView = z.infer<typeof ParameterView>;
