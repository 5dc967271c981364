import type { PersonBrief } from "#engine/contract/common.ts";
import type { MeView } from "#engine/contract/views/organisation.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Access } from "../access/access.ts";
import { personasOf } from "../access/demo.ts";
import { ABILITIES } from "../access/policy.ts";
import type { Reader } from "../access/reader.ts";
import { needsSetup } from "../access/setup.ts";
import type { Runtime } from "../commands/runtime.ts";

/** A person as lists show them; an id that nobody has stands for itself. */
export function briefOf(directory: Directory, id: string): PersonBrief {
  const person = directory.person(id);
  return { id, name: person?.name ?? id, title: person?.title ?? null };
}

/** Who is asking and what they may do; also answered to nobody, so that the studio knows whether to ask for a sign-in. */
export async function meView(runtime: Runtime, access: Access, reader: Reader, headers: Headers): Promise<MeView> {
  const settings = await access.settings();
  const directory = await runtime.organisation.directory();
  const demo = await access.demoFor(headers);
  return {
    signedIn: reader.signedIn,
    person: reader.personId === null ? null : briefOf(directory, reader.personId),
    email: reader.email,
    roles: [...reader.roles],
    may: ABILITIES.filter((ability) => reader.policy.may(ability)),
    demo,
    viewingAs: reader.viewingAs === null ? null : briefOf(directory, reader.viewingAs),
    personas: demo
      ? personasOf(settings).map(({ personId, title, why }) => ({
          id: personId,
          name: directory.nameOf(personId),
          title,
          why,
        }))
      : [],
    needsSetup: !reader.signedIn && !settings.demo && (await needsSetup(runtime)),
    organisation: {
      title: settings.title,
      timeZone: settings.timeZone,
      currency: settings.currency,
      calendar: settings.calendar,
    },
    now: runtime.clock.now(),
  };
}
