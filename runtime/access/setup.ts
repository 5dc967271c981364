import type { Person } from "#engine/organisation/model.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { grantsStatements } from "../store/grants-write.ts";
import { isEmptyOrganisation } from "../store/organisation-settings.ts";
import { hasAccounts, linkUser } from "../store/people-accounts.ts";
import { peopleStatements } from "../store/people-write.ts";
import { hasSetupLink, putSetupLink, spendSetupLink } from "../store/setup-link.ts";
import type { Access } from "./access.ts";
import { AccountExists } from "./auth.ts";
import { newToken, tokenHash } from "./token-hash.ts";

/**
 * The link that makes the first administrator, for an empty organisation in which nobody can sign in; null otherwise. Each
 * call makes a new link and ends the one before: it is printed once, at a start, and only its hash is kept.
 */
export async function makeSetupLink(runtime: Runtime): Promise<string | null> {
  if (!(await needsSetup(runtime))) return null;
  const token = newToken("setup");
  await runtime.db.write([putSetupLink(tokenHash(token), runtime.clock.now())]);
  return `${runtime.config.url}/setup?token=${token}`;
}

/** Whether nobody is there who could sign in. */
export async function needsSetup(runtime: Runtime): Promise<boolean> {
  return (await isEmptyOrganisation(runtime.db)) && !(await hasAccounts(runtime.db));
}

/** Makes the first HR administrator and uses the link up; throws Refused for a link that is not the one. */
export async function setUp(
  runtime: Runtime,
  access: Access,
  input: { token: string; name: string; email: string; password: string },
): Promise<void> {
  const hash = tokenHash(input.token);
  if (!(await hasSetupLink(runtime.db, hash)) || !(await needsSetup(runtime))) {
    throw new Refused(
      "not-allowed",
      "This set-up link is not valid: it was used, or a later start printed a new one. Use the link that the server printed last.",
    );
  }
  const userId = await access.auth.createAccount(input).catch((cause) => {
    if (cause instanceof AccountExists) throw new Refused("already-exists", cause.message);
    throw cause;
  });
  const now = runtime.clock.now();
  const directory = await runtime.organisation.directory();
  const person = firstAdmin(input.name, input.email, today(directory, now));
  try {
    await runtime.audit.write(
      {
        at: now,
        by: person.id,
        what: "access.set-up",
        words: `${person.name} set the organisation up as its first HR administrator.`,
        details: { person: person.id },
      },
      [
        ...spendSetupLink(hash),
        ...peopleStatements([person], { recordedAt: now, importNo: 0 }),
        ...grantsStatements(
          [{ person: person.id, role: "hr-admin", unit: null, validFrom: person.hireDate!, validTo: null }],
          { recordedAt: now, importNo: 0 },
        ),
        linkUser(person.id, userId),
      ],
    );
  } catch (cause) {
    await access.auth.dropAccount(userId);
    throw cause;
  }
  runtime.organisation.changed(runtime.events);
}

function firstAdmin(name: string, email: string, date: string): Person {
  const id = email
    .split("@")[0]!
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return {
    id: id || "hr-admin",
    name,
    email: email.toLowerCase(),
    status: "active",
    title: "HR administrator",
    role: null,
    grade: null,
    hireDate: date,
    endDate: null,
    timeZone: null,
    calendar: null,
    fte: "1",
    salaryMinor: null,
    currency: null,
    fields: {},
  };
}
