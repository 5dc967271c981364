import type { Directory } from "#engine/organisation/directory.ts";
import { wallNow } from "../clock.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { personOfKey } from "../store/api-keys.ts";
import { type OrganisationSettings, readOrganisationSettings } from "../store/organisation-settings.ts";
import { personOfUser } from "../store/people-accounts.ts";
import { Auth } from "./auth.ts";
import { demoIsOpen, personasOf, TOUR_ROLES, VIEW_AS_COOKIE } from "./demo.ts";
import { type HeldRole, Policy } from "./policy.ts";
import { type Identity, PrincipalCache } from "./principal-cache.ts";
import type { Reader } from "./reader.ts";
import { tokenHash } from "./token-hash.ts";

const SETTINGS_LIFE_MS = 2_000;

/** Who asks, and what they may. One per server. */
export class Access {
  readonly auth: Auth;
  readonly #runtime: Runtime;
  readonly #cache = new PrincipalCache();
  readonly #policies = new WeakMap<Directory, Map<string, Policy>>();
  #settings: { value: Promise<OrganisationSettings>; until: number } | null = null;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.auth = new Auth(runtime.config);
    runtime.events.listen(({ topic }) => {
      if (topic === "organisation") this.changed();
    });
  }

  /** Forgets who is who: people, roles or accounts changed. */
  changed(): void {
    this.#cache.clear();
    this.#settings = null;
  }

  /** The organisation's settings, read again every two seconds: the demo marks the database while it is loaded. */
  settings(): Promise<OrganisationSettings> {
    const now = wallNow();
    if (!this.#settings || this.#settings.until <= now) {
      const value = readOrganisationSettings(this.#runtime.db);
      this.#settings = { value, until: now + SETTINGS_LIFE_MS };
      value.catch(() => {
        this.#settings = null;
      });
    }
    return this.#settings.value;
  }

  /** Whether "view as" is there for a request that named this host. */
  async demoFor(headers: Headers): Promise<boolean> {
    return demoIsOpen(await this.settings(), this.#runtime.config, headers.get("host") ?? undefined);
  }

  /** Who asks, from the headers of a request: an API key, a session, or in the demo a persona. */
  async reader(headers: Headers): Promise<Reader> {
    const key = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
    if (key !== undefined) {
      const hash = tokenHash(key);
      const found = await this.#cache.get(hash, () => this.#byKey(hash));
      return found ? this.#reader("key", found, `key:${hash.slice(0, 16)}`) : this.#nobody();
    }
    const session = sessionCookie(headers);
    if (session !== undefined) {
      const found = await this.#cache.get(tokenHash(session), () => this.#bySession(headers));
      if (found) return this.#reader("session", found, `user:${found.userId}`);
    }
    return (await this.demoFor(headers)) ? this.#persona(headers) : this.#nobody();
  }

  /** Forgets the session that these headers carry. */
  signedOut(headers: Headers): void {
    const session = sessionCookie(headers);
    if (session !== undefined) this.#cache.forget(tokenHash(session));
  }

  /** What a person may see and do now; the same object while the organisation and the date stand. */
  async policyOf(personId: string | null, extra: readonly HeldRole[] = []): Promise<Policy> {
    const directory = await this.#runtime.organisation.directory();
    const date = today(directory, this.#runtime.clock.now());
    const known = this.#policies.get(directory) ?? new Map<string, Policy>();
    this.#policies.set(directory, known);
    const name = JSON.stringify([personId, date, extra]);
    const policy = known.get(name) ?? new Policy(directory, date, personId, extra);
    known.set(name, policy);
    return policy;
  }

  async #byKey(hash: string): Promise<Identity | null> {
    const found = await personOfKey(this.#runtime.db, hash);
    if (!found) return null;
    return { userId: null, email: null, personId: found.person, ...(found.scope === "read" ? { readOnly: true } : {}) };
  }

  async #bySession(headers: Headers): Promise<Identity | null> {
    const session = await this.auth.session(headers);
    if (!session) return null;
    const personId = await personOfUser(this.#runtime.db, session.userId);
    return { ...session, personId: personId ?? null };
  }

  async #persona(headers: Headers): Promise<Reader> {
    const settings = await this.settings();
    const chosen = cookieOf(headers, VIEW_AS_COOKIE);
    const directory = await this.#runtime.organisation.directory();
    const viewingAs = chosen !== undefined && directory.person(chosen) ? chosen : null;
    const personId = viewingAs ?? personasOf(settings)[0]?.personId ?? null;
    if (personId === null) return this.#nobody();
    const identity = { userId: null, email: null, personId };
    const extra = viewingAs === null ? TOUR_ROLES : [];
    return { ...(await this.#reader("demo", identity, `demo:${personId}`, extra)), viewingAs };
  }

  async #reader(
    by: Reader["by"],
    identity: Identity,
    account: string,
    extra: readonly HeldRole[] = [],
  ): Promise<Reader> {
    const policy = await this.policyOf(identity.personId, extra);
    const roles = [...new Set(policy.roles.map(({ role }) => role))];
    return { ...identity, by, account, roles, signedIn: true, viewingAs: null, policy };
  }

  async #nobody(): Promise<Reader> {
    return {
      by: "nobody",
      userId: null,
      email: null,
      personId: null,
      account: "nobody",
      roles: [],
      signedIn: false,
      viewingAs: null,
      policy: await this.policyOf(null),
    };
  }
}

/** The session cookie's value, whichever of better-auth's two names it has (plain, or `__Secure-` behind TLS). */
function sessionCookie(headers: Headers): string | undefined {
  return cookieOf(headers, "rondo.session_token") ?? cookieOf(headers, "__Secure-rondo.session_token");
}

/** A cookie's value; undefined where there is none or it cannot be decoded. */
function cookieOf(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at === -1 || part.slice(0, at).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(at + 1).trim());
    } catch {
      return undefined;
    }
  }
  return undefined;
}
