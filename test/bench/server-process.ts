import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createApiKey } from "../../runtime/access/keys.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import { createApp } from "../../runtime/http/app.ts";
import { benchHost, benchPerson } from "./world.ts";

/** A real server on a port of its own, with cases to send commands to. Arguments: cases, rows of a batch. */
const [cases, batchRows] = process.argv.slice(2).map(Number);
const { host, end } = await benchHost(cases!, batchRows === undefined ? {} : { batchRows });
const ids: string[] = [];
for (let n = 0; n < cases!; n++) {
  const { caseId } = await startCase(host, SYSTEM, {
    workflow: "question",
    subject: { kind: "person", id: benchPerson(n) },
    period: "2026",
  });
  ids.push(caseId);
}
await host.start();
const key = await createApiKey(host, { person: "hana", title: "bench", by: null });
const server = serve({ fetch: createApp(host).fetch, hostname: "127.0.0.1", port: 0 }, (address: AddressInfo) =>
  process.send?.({ port: address.port, key, ids }),
);
const before = process.cpuUsage();
process.on("message", () => {
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMicros: user + system });
  server.close();
  void end().then(() => process.exit(0));
});
