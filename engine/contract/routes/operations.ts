import { z } from "zod";
import { Json } from "../../words/json.ts";
import { Done, Instant, page, pageQuery } from "../common.ts";
import { route } from "../route.ts";
import { JobView } from "../views/definitions.ts";

const key = z.string().min(8).max(100).optional();
const reason = z.string().trim().min(3).max(2000);
const token = z.string().min(1).max(200);

/** Something that waits for an administrator: why in words, and what can be done about it. */
export const TroubleView = z
  .object({
    id: z.string(),
    kind: z.enum(["dead-letter", "blocked", "incident"]),
    /** What it is: "Call hooks.example.com". */
    title: z.string(),
    /** Why it stands still. */
    why: z.string(),
    /** What usually helps. */
    hint: z.string(),
    caseId: z.string().nullable(),
    caseTitle: z.string().nullable(),
    /** Whom or what the case is about, for a link to where data are put right. */
    subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
    definition: z.object({ kind: z.string(), id: z.string(), title: z.string() }).nullable(),
    /** The step it stands at, by its title. */
    step: z.string().nullable(),
    tries: z.number().int(),
    at: Instant,
    can: z.array(z.enum(["retry", "discard", "cancel"])),
  })
  .meta({ id: "TroubleView" });
export type TroubleView = z.infer<typeof TroubleView>;

/** When something was last done to keep the database, and how it went. */
const Upkeep = z.object({ at: Instant, ok: z.boolean(), words: z.string(), details: Json }).meta({ id: "UpkeepView" });

/** How the server does, in figures. */
export const SystemView = z
  .object({
    version: z.string(),
    schema: z.number().int(),
    database: z.string(),
    now: Instant,
    /** The wall clock: what `at` of backups and verifications is measured by. */
    wallNow: Instant,
    uptimeSeconds: z.number(),
    /** Why it should get no traffic now; empty: ready. */
    causes: z.array(z.object({ code: z.string(), words: z.string() })),
    troubles: z.object({ deadLetters: z.number().int(), blocked: z.number().int(), incidents: z.number().int() }),
    /** Open cases that nothing and nobody moves on; null: not counted yet. */
    orphans: z.number().int().nullable(),
    openCases: z.number().int(),
    timers: z.object({ armed: z.number().int(), overdue: z.number().int(), lagMs: z.number() }),
    outbox: z.object({ waiting: z.number().int(), sending: z.number().int(), lagMs: z.number() }),
    /** Other systems that fail since they last answered; while one is left alone, what goes to it waits. */
    receivers: z.array(
      z.object({
        name: z.string(),
        failures: z.number().int(),
        /** What came last. */
        reason: z.string(),
        since: Instant,
        /** Until when it is left alone; null: not yet, or it is being tried again. */
        pausedUntil: Instant.nullable(),
      }),
    ),
    memoryMb: z.number(),
    eventLoopMs: z.number(),
    batches: z.object({ count: z.number().int(), works: z.number().int() }),
    backup: Upkeep.nullable(),
    verify: Upkeep.nullable(),
    export: Upkeep.nullable(),
    /** Whether backups and exports can be made here: a libSQL server has its own. */
    canCopy: z.boolean(),
  })
  .meta({ id: "SystemView" });
export type SystemView = z.infer<typeof SystemView>;

export const ApiKeyView = z
  .object({
    /** The first digits of its hash: says which, opens nothing. */
    id: z.string(),
    title: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    scope: z.enum(["full", "read"]),
    createdAt: Instant,
    createdBy: z.string().nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "ApiKeyView" });

export const AccountView = z
  .object({
    person: z.object({ id: z.string(), name: z.string() }),
    email: z.string().nullable(),
    status: z.enum(["active", "invited", "expired"]),
    /** Since when: of an invitation, when it was made. */
    at: Instant,
    expiresAt: Instant.nullable(),
  })
  .meta({ id: "AccountView" });

/** What an operator and an administrator do to keep the server, its data and its doors in order. */
export const operationRoutes = {
  healthLive: route({
    method: "get",
    path: "/api/health/live",
    tag: "system",
    summary: "Whether the process answers at all: restart it where this does not",
    answer: z.object({ status: z.literal("live") }),
  }),
  healthReady: route({
    method: "get",
    path: "/api/health/ready",
    tag: "system",
    summary:
      "Whether to send traffic here; else 503 with every cause as an issue (stopping, storage, disk-full, recovering, lag)",
    answer: z.object({ status: z.literal("ready") }),
  }),
  system: route({
    method: "get",
    path: "/api/system",
    tag: "system",
    summary: "How the server does: queues, lag, orphans, last backup and verification",
    answer: SystemView,
  }),
  beginUpkeep: route({
    method: "post",
    path: "/api/system/upkeep",
    tag: "system",
    summary:
      "Verify, back up or export everything, on a thread of its own; an export is then at GET /api/exports/{job}",
    body: z.strictObject({ kind: z.enum(["verify", "backup", "export"]), key }),
    answer: JobView,
  }),
  troubles: route({
    method: "get",
    path: "/api/troubles",
    tag: "system",
    summary: "What waits for an administrator: dead letters, blocked cases, incidents",
    query: z.object({ ...pageQuery, kind: z.enum(["dead-letter", "blocked", "incident"]) }),
    answer: page(TroubleView),
  }),
  fixTroubles: route({
    method: "post",
    path: "/api/troubles/fix",
    tag: "system",
    summary: "Try again, discard or cancel, one or many, with a reason; progress by the job",
    body: z.strictObject({
      ids: z.array(z.string().max(400)).min(1).max(1000),
      action: z.enum(["retry", "discard", "cancel"]),
      reason,
      key,
    }),
    answer: JobView,
  }),
  apiKeys: route({
    method: "get",
    path: "/api/keys",
    tag: "access",
    summary: "Keys for programs: whose, for what, since when",
    answer: z.object({ items: z.array(ApiKeyView) }),
  }),
  createApiKey: route({
    method: "post",
    path: "/api/keys",
    tag: "access",
    summary: "Make a key that acts as a person; it is answered once and never again",
    body: z.strictObject({
      person: z.string().min(1).max(100),
      title: z.string().trim().min(1).max(200),
      scope: z.enum(["full", "read"]),
    }),
    answer: z.object({ key: z.string(), view: ApiKeyView }),
  }),
  revokeApiKey: route({
    method: "post",
    path: "/api/keys/{id}/revoke",
    tag: "access",
    summary: "End a key at once",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    answer: Done,
  }),
  webhookKey: route({
    method: "post",
    path: "/api/keys/webhook",
    tag: "access",
    summary: "The key that calls to other systems are signed with (Standard Webhooks), for their receivers",
    answer: z.object({ key: z.string() }),
  }),
  accounts: route({
    method: "get",
    path: "/api/accounts",
    tag: "access",
    summary: "Who can sign in, and who was invited",
    answer: z.object({ items: z.array(AccountView) }),
  }),
  invite: route({
    method: "post",
    path: "/api/accounts/invitations",
    tag: "access",
    summary: "Invite a person to sign in; the link is answered once and works for seven days",
    body: z.strictObject({ person: z.string().min(1).max(100) }),
    answer: z.object({ link: z.string(), expiresAt: Instant }),
  }),
  invitation: route({
    method: "get",
    path: "/api/accounts/invitations/{token}",
    tag: "access",
    summary: "Whom an invitation is for",
    params: z.object({ token }),
    answer: z.object({ name: z.string(), email: z.string() }),
  }),
  acceptInvitation: route({
    method: "post",
    path: "/api/accounts/accept",
    tag: "access",
    summary: "Choose a password by an invitation",
    body: z.strictObject({ token, password: z.string().min(10).max(200) }),
    answer: z.object({ email: z.string() }),
  }),
  removeAccount: route({
    method: "post",
    path: "/api/accounts/{person}/remove",
    tag: "access",
    summary: "End a person's sign-in, their sessions and invitations; the person stays",
    params: z.object({ person: z.string().min(1).max(100) }),
    answer: Done,
  }),
};
