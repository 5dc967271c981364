import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { storageFailure } from "../../../runtime/commands/commit.ts";
import { openDatabase } from "../../../runtime/db/open.ts";

it("R19: a database server that hangs, or is not there, is given its time and no more; who asked is told to come back", async () => {
  const server = createServer((request) => void request.resume());
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const open = () => openDatabase(`http://127.0.0.1:${port}`, { patienceMs: 200 }).catch((cause: Error) => cause);
  const begun = performance.now();
  const late = await open();
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(String(late)).toContain("the database server did not answer in time");
  expect(storageFailure((late as Error).cause)).toMatchObject({ code: "busy" });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  const away = await open();
  expect(String(away)).toContain("the database server cannot be reached");
  expect(storageFailure((away as Error).cause)).toMatchObject({ code: "busy" });
});
