import { afterEach, expect, it } from "vitest";
import { Forbidden } from "../../../runtime/access/forbidden.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { requireCommand } from "../../../runtime/http/routes/require-command.ts";
import { readerOf } from "../../support/reader.ts";
import { smallOrganisation } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

const talk = {
  kind: "workflow",
  schema: 1,
  id: "talk",
  title: "Talk",
  subject: "person",
  data: { rating: { type: "integer" } },
  start: "look",
  steps: {
    look: { kind: "approval", title: "Look", actor: { relation: "manager" }, on: { approved: "end", rejected: "end" } },
    end: { kind: "end", title: "End", outcome: "done" },
  },
};

let world: TestHost;
afterEach(() => world.end());

it("an HR partner moves and corrects the cases of their people, and never their own", async () => {
  const organisation = smallOrganisation();
  organisation.assignments.find(({ person }) => person === "hana")!.unit = "south";
  organisation.grants = organisation.grants.filter(({ role }) => role !== "hr-admin");
  world = await testHost({ documents: [talk], organisation });
  const { host } = world;
  const hana = await readerOf(host, "hana");
  const asks = async (about: string) => {
    const { caseId } = await startCase(host, SYSTEM, { workflow: "talk", subject: { kind: "person", id: about } });
    const stored = (await host.desk.read(caseId))!;
    return [
      requireCommand(host, hana, stored, { type: "set-data", data: { rating: 5 }, reason: "I deserve it" }),
      requireCommand(host, hana, stored, { type: "cancel", reason: "not needed" }),
    ];
  };
  for (const asked of await asks("ana")) await expect(asked).resolves.toBeUndefined();
  for (const asked of await Promise.allSettled(await asks("hana")))
    expect(asked).toMatchObject({ status: "rejected", reason: expect.any(Forbidden) });
});
