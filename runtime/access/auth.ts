import { type Client, createClient } from "@libsql/client";
import { LibsqlDialect } from "@libsql/kysely-libsql";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import type { Config } from "../config.ts";

/** Where the peer's address travels to better-auth's rate limit; set by us, never taken from outside. */
export const PEER_HEADER = "x-rondo-peer";

/** How better-auth is set up; a test asks it whether our migration has all its tables. */
export function authOptions(config: Pick<Config, "secret" | "url">, client: Client) {
  return {
    appName: "Rondo",
    baseURL: config.url,
    basePath: "/api/auth",
    secret: config.secret,
    database: { dialect: dialectOf(client), type: "sqlite", transaction: false },
    emailAndPassword: {
      enabled: true,
      // Accounts come from an administrator, never from a form on the internet.
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
    },
    rateLimit: { enabled: true, storage: "memory" },
    advanced: { ipAddress: { ipAddressHeaders: [PEER_HEADER] }, cookiePrefix: "rondo" },
    // One process may be reached by several names (localhost, its address): the origin must be the one that was asked.
    trustedOrigins: (request?: Request) => (request ? [new URL(request.url).origin] : []),
    logger: { disabled: true },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions;
}

/** The dialect was typed against an older release of the client; what it calls (execute, batch) has not changed. */
function dialectOf(client: Client): LibsqlDialect {
  return new LibsqlDialect({ client: client as unknown as DialectClient });
}
type DialectClient = Extract<ConstructorParameters<typeof LibsqlDialect>[0], { client: unknown }>["client"];

/** A session as Rondo needs it. */
export interface Session {
  userId: string;
  email: string;
}

/** Sign-in with e-mail and password. better-auth has its own connection to the same database. */
export class Auth {
  readonly #client: Client;
  readonly #auth: ReturnType<typeof betterAuth<ReturnType<typeof authOptions>>>;

  constructor(config: Config) {
    const isFile = config.db.startsWith("file:");
    this.#client = createClient({
      url: config.db,
      ...(config.dbToken ? { authToken: config.dbToken } : {}),
      ...(isFile ? { timeout: 200 } : {}),
    });
    this.#auth = betterAuth(authOptions(config, this.#client));
  }

  /** Serves `/api/auth/*`. */
  handler(request: Request): Promise<Response> {
    return this.#auth.handler(request);
  }

  /** The session that these headers carry. */
  async session(headers: Headers): Promise<Session | null> {
    const found = await this.#auth.api.getSession({ headers });
    return found ? { userId: found.user.id, email: found.user.email } : null;
  }

  /** Creates an account with a password; answers its id. The e-mail must be free. */
  async createAccount(account: { name: string; email: string; password: string }): Promise<string> {
    const context = await this.#auth.$context;
    const email = account.email.toLowerCase();
    const known = await context.internalAdapter.findUserByEmail(email);
    if (known) throw new AccountExists(email);
    const user = await context.internalAdapter.createUser(
      { email, name: account.name, emailVerified: true },
      { method: "email-password" },
    );
    await context.internalAdapter.linkAccount({
      userId: user.id,
      providerId: "credential",
      accountId: user.id,
      password: await context.password.hash(account.password),
    });
    return user.id;
  }

  /** Takes an account back that could not be linked. */
  async dropAccount(userId: string): Promise<void> {
    const context = await this.#auth.$context;
    await context.internalAdapter.deleteUser(userId);
  }

  close(): void {
    this.#client.close();
  }
}

/** The e-mail belongs to an account already. */
export class AccountExists extends Error {
  constructor(email: string) {
    super(`There is an account for ${email} already.`);
    this.name = "AccountExists";
  }
}
