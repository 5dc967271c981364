import { createRequire } from "node:module";
import { acceptInvitation, invite, openInvitation, removeAccount } from "../../access/invitations.ts";
import { createApiKey, keyId, revokeApiKey } from "../../access/keys.ts";
import { tokenHash } from "../../access/token-hash.ts";
import { wallNow } from "../../clock.ts";
import { fixTroubles } from "../../commands/fix-troubles.ts";
import { Refused } from "../../commands/refused.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { webhookKey } from "../../effects/call.ts";
import { type Cause, notReady } from "../../observe/readiness.ts";
import { systemView } from "../../projections/system-view.ts";
import { blockedCases, deadLetters, incidents } from "../../projections/trouble-views.ts";
import { type ListedKey, listApiKeys } from "../../store/api-keys.ts";
import { listInvitations } from "../../store/invitations.ts";
import { listAccounts } from "../../store/people-accounts.ts";
import { beginUpkeep } from "../../upkeep/begin.ts";
import { positionCursor } from "../cursor.ts";
import { eventLoopDelay } from "../event-loop.ts";
import type { HandlersOf } from "../handler.ts";
import { BadRequest } from "../problem.ts";

const { version } = createRequire(import.meta.url)("../../../package.json") as { version: string };

/** Whether traffic should come here; what of it is no page of its own is in `routes/system.ts`. */
export const upkeep: HandlersOf<"healthLive" | "healthReady" | "system" | "beginUpkeep" | "troubles" | "fixTroubles"> =
  {
    healthLive: () => ({ status: "live" }),

    healthReady: async (_, { runtime }) => {
      const causes = await causesNow(runtime, eventLoopDelay());
      if (causes.length === 0) return { status: "ready" };
      const issues = causes.map(({ code, words }) => ({ code, path: "", severity: "error" as const, message: words }));
      throw new BadRequest(503, "not-ready", causes.map(({ words }) => words).join(" "), issues);
    },

    system: async (_, { runtime, reader }) => {
      reader.policy.require("administer");
      const eventLoopMs = eventLoopDelay();
      return systemView(runtime, { version, causes: await causesNow(runtime, eventLoopMs), eventLoopMs });
    },

    beginUpkeep: ({ body }, { runtime, reader, key }) => {
      reader.policy.require("administer");
      return beginUpkeep(runtime, reader, body.kind, body.key ?? key);
    },

    troubles: async ({ query }, { runtime, reader }) => {
      reader.policy.require("administer");
      const cursor = positionCursor(query.cursor);
      const page = { limit: query.limit ?? 50, ...(cursor ? { cursor } : {}) };
      const read = { "dead-letter": deadLetters, blocked: blockedCases, incident: incidents }[query.kind];
      return read(runtime, page);
    },

    fixTroubles: ({ body }, { runtime, reader, key }) => {
      reader.policy.require("administer");
      const once = body.key ?? key;
      return fixTroubles(runtime, reader, { ...body, ...(once === undefined ? {} : { key: once }) });
    },
  };

function causesNow(runtime: Runtime, eventLoopMs: number): Promise<Cause[]> {
  return notReady({
    db: runtime.db,
    now: runtime.clock.now(),
    stopping: runtime.stopping.aborted,
    storage: runtime.committer.broken ?? runtime.committer.trouble,
    eventLoopMs,
  });
}

/** Who may come in: keys for programs, accounts and invitations for people. */
export const doors: HandlersOf<
  | "apiKeys"
  | "createApiKey"
  | "revokeApiKey"
  | "webhookKey"
  | "accounts"
  | "invite"
  | "invitation"
  | "acceptInvitation"
  | "removeAccount"
> = {
  apiKeys: async (_, { runtime, reader }) => {
    reader.policy.require("administer");
    const view = await keyViews(runtime);
    return { items: (await listApiKeys(runtime.db)).map(view) };
  },

  createApiKey: async ({ body }, { runtime, reader }) => {
    reader.policy.require("administer");
    const directory = await runtime.organisation.directory();
    if (!directory.person(body.person)) throw new Refused("not-found", `There is no person "${body.person}".`);
    const key = await createApiKey(runtime, { ...body, by: reader.personId });
    const made = (await listApiKeys(runtime.db)).find(({ hash }) => hash === tokenHash(key));
    return { key, view: (await keyViews(runtime))(made!) };
  },

  revokeApiKey: async ({ params }, { runtime, access, reader }) => {
    reader.policy.require("administer");
    await revokeApiKey(runtime, access, reader, params.id);
    return { ok: true };
  },

  webhookKey: async (_, { runtime, reader }) => {
    reader.policy.require("administer");
    await runtime.audit.write({
      at: runtime.clock.now(),
      by: reader.personId,
      what: "access.webhook-key-read",
      words: "looked at the key that calls are signed with",
      details: {},
    });
    return { key: `whsec_${webhookKey(runtime.config.secret).toString("base64")}` };
  },

  accounts: async (_, { runtime, reader }) => {
    reader.policy.require("administer");
    const directory = await runtime.organisation.directory();
    const personOf = (id: string) => ({ id, name: directory.nameOf(id) });
    const active = await listAccounts(runtime.db);
    const invited = await listInvitations(runtime.db);
    return {
      items: [
        ...invited.map(({ person, email, createdAt, expiresAt }) => ({
          person: personOf(person),
          email,
          status: expiresAt > wallNow() ? ("invited" as const) : ("expired" as const),
          at: createdAt,
          expiresAt,
        })),
        ...active.map(({ person, email, createdAt }) => ({
          person: personOf(person),
          email,
          status: "active" as const,
          at: new Date(createdAt).getTime(),
          expiresAt: null,
        })),
      ],
    };
  },

  invite: ({ body }, { runtime, reader }) => {
    reader.policy.require("administer");
    return invite(runtime, reader, body.person);
  },

  invitation: async ({ params }, { runtime }) => {
    const { person, email } = await openInvitation(runtime, params.token);
    return { name: (await runtime.organisation.directory()).nameOf(person), email };
  },

  acceptInvitation: async ({ body }, { runtime, access }) => ({
    email: await acceptInvitation(runtime, access, body.token, body.password),
  }),

  removeAccount: async ({ params }, { runtime, access, reader }) => {
    reader.policy.require("administer");
    await removeAccount(runtime, access, reader, params.person);
    return { ok: true };
  },
};

async function keyViews(runtime: Runtime) {
  const directory = await runtime.organisation.directory();
  return ({ hash, person, title, scope, createdBy, createdAt, revokedAt }: ListedKey) => ({
    id: keyId(hash),
    title,
    person: { id: person, name: directory.nameOf(person) },
    scope,
    createdAt,
    createdBy: createdBy === null ? null : directory.nameOf(createdBy),
    revokedAt,
  });
}
