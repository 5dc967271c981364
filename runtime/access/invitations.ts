import { wallNow } from "../clock.ts";
import { Refused } from "../commands/refused.ts";
import type { Principal, Runtime } from "../commands/runtime.ts";
import { dropInvitation, type Invitation, invitationOf, putInvitation, spendInvitation } from "../store/invitations.ts";
import { accountOf, linkUser, unlinkUser } from "../store/people-accounts.ts";
import type { Access } from "./access.ts";
import { AccountExists } from "./auth.ts";
import { newToken, tokenHash } from "./token-hash.ts";

const LIFE_MS = 7 * 86_400_000;

/**
 * Invites a person to sign in: a link that works once and for seven days, answered once and kept as its hash. A second one
 * ends the first. Throws Refused for a person without an e-mail address, who has left, or who can sign in already.
 */
export async function invite(
  runtime: Runtime,
  by: Principal,
  personId: string,
): Promise<{ link: string; expiresAt: number }> {
  const directory = await runtime.organisation.directory();
  const person = directory.person(personId);
  if (!person) throw new Refused("not-found", `There is no person "${personId}".`);
  if (!person.email)
    throw new Refused(
      "bad-input",
      `${person.name} has no e-mail address, which is what one signs in with. Add it first.`,
    );
  if (person.status === "left") throw new Refused("not-possible", `${person.name} has left.`);
  if (await accountOf(runtime.db, personId)) throw new Refused("already-exists", `${person.name} can sign in already.`);
  const token = newToken("invite");
  const now = wallNow();
  const invitation = { person: personId, email: person.email.toLowerCase(), createdAt: now, expiresAt: now + LIFE_MS };
  await runtime.audit.write(
    {
      at: runtime.clock.now(),
      by: by.personId,
      what: "access.invited",
      words: `invited ${personId} to sign in`,
      details: { person: personId },
    },
    [putInvitation({ ...invitation, hash: tokenHash(token), by: by.personId })],
  );
  return { link: `${runtime.config.url}/invitation?token=${token}`, expiresAt: invitation.expiresAt };
}

/** The invitation behind a link. Throws Refused for one that was used, taken back, or has run out. */
export async function openInvitation(runtime: Runtime, token: string): Promise<Invitation> {
  const found = await invitationOf(runtime.db, tokenHash(token), wallNow());
  if (found) return found;
  throw new Refused(
    "not-found",
    "This invitation was used, taken back, or is older than seven days. Ask an HR administrator for a new one.",
  );
}

/** Makes the account that an invitation is for, with a password, and links it to the person. Answers the e-mail to sign in with. */
export async function acceptInvitation(
  runtime: Runtime,
  access: Access,
  token: string,
  password: string,
): Promise<string> {
  const { person, email } = await openInvitation(runtime, token);
  const directory = await runtime.organisation.directory();
  const userId = await access.auth.createAccount({ name: directory.nameOf(person), email, password }).catch((cause) => {
    if (cause instanceof AccountExists) throw new Refused("already-exists", cause.message);
    throw cause;
  });
  try {
    await runtime.audit.write(
      {
        at: runtime.clock.now(),
        by: person,
        what: "access.joined",
        words: `${person} accepted the invitation and can sign in`,
        details: { person },
      },
      [...spendInvitation(tokenHash(token)), linkUser(person, userId)],
    );
  } catch (cause) {
    await access.auth.dropAccount(userId);
    throw cause;
  }
  access.changed();
  return email;
}

/** Ends a person's sign-in: account, sessions and invitation. Throws Refused where there is neither, and for one's own. */
export async function removeAccount(runtime: Runtime, access: Access, by: Principal, person: string): Promise<void> {
  if (person === by.personId)
    throw new Refused("not-possible", "You cannot end your own sign-in: ask another administrator.");
  const account = await accountOf(runtime.db, person);
  await runtime.audit.write(
    {
      at: runtime.clock.now(),
      by: by.personId,
      what: "access.removed",
      words: `ended the sign-in of ${person}`,
      details: { person },
    },
    [dropInvitation(person), unlinkUser(person)],
  );
  if (account) await access.auth.dropAccount(account);
  access.changed();
}
