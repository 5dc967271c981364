import { createClient } from "@libsql/client";
import { getMigrations } from "better-auth/db/migration";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authOptions } from "../../../runtime/access/auth.ts";
import { makeSetupLink } from "../../../runtime/access/setup.ts";
import { type HttpWorld, httpWorld } from "../http/world.ts";

const ADMIN = { name: "Ada Admin", email: "Ada@Example.com", password: "correct horse battery" };

describe("the first start of an empty organisation", () => {
  let world: HttpWorld;
  let link: string;
  beforeAll(async () => {
    world = await httpWorld({ empty: true, env: { RONDO_DEMO: "none" } });
    link = (await makeSetupLink(world.runtime))!;
  });
  afterAll(() => world.close());

  const signIn = (password: string) =>
    world.send("POST", "/api/auth/sign-in/email", { body: { email: ADMIN.email.toLowerCase(), password } });
  const cookieOf = (headers: Headers) => headers.get("set-cookie")!.split(";")[0]!;
  const tokenOf = (text: string) => new URL(text).searchParams.get("token")!;

  it("has all the tables that better-auth asks for", async () => {
    const client = createClient({ url: world.runtime.config.db });
    const { toBeCreated, toBeAdded } = await getMigrations(authOptions(world.runtime.config, client));
    client.close();
    expect([toBeCreated, toBeAdded]).toEqual([[], []]);
  });

  it("tells nobody anything but that it needs to be set up", async () => {
    expect((await world.send("GET", "/api/me")).json).toMatchObject({
      signedIn: false,
      needsSetup: true,
      person: null,
      demo: false,
    });
    for (const path of ["/api/people", "/api/cases", "/api/home", "/api/definitions", "/api/events"]) {
      const answer = await world.send("GET", path);
      expect(answer.status, path).toBe(401);
      expect(answer.json.code).toBe("not-signed-in");
    }
  });

  it("keeps only a hash of the link, and takes no other", async () => {
    const rows = await world.runtime.db.read<{ hash: string }>("SELECT hash FROM setup_links");
    expect(JSON.stringify(rows)).not.toContain(tokenOf(link));
    const answer = await world.send("POST", "/api/setup", { body: { token: "setup_wrong", ...ADMIN } });
    expect(answer.status).toBe(403);
    expect(await world.runtime.db.read('SELECT * FROM "user"')).toEqual([]);
  });

  it("takes the link of the latest start only, once, and makes the first HR administrator", async () => {
    const older = link;
    link = (await makeSetupLink(world.runtime))!;
    expect((await world.send("POST", "/api/setup", { body: { token: tokenOf(older), ...ADMIN } })).status).toBe(403);
    const twice = await Promise.all(
      [1, 2].map((n) =>
        world.send("POST", "/api/setup", { body: { token: tokenOf(link), ...ADMIN, email: `${n}${ADMIN.email}` } }),
      ),
    );
    expect(twice.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    expect(twice.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = twice.findIndex(({ status }) => status === 200) + 1;
    ADMIN.email = `${winner}${ADMIN.email}`;
    expect(await world.runtime.db.read('SELECT id FROM "user"')).toHaveLength(1);
    expect((await world.send("POST", "/api/setup", { body: { token: tokenOf(link), ...ADMIN } })).status).toBe(403);
    expect(await makeSetupLink(world.runtime)).toBeNull();
  });

  it("signs in with the password, reads with the session, and is out at once after signing out", async () => {
    expect((await signIn("wrong password")).status).toBe(401);
    const signed = await signIn(ADMIN.password);
    expect(signed.status, signed.text).toBe(200);
    const cookie = cookieOf(signed.headers);
    expect(signed.headers.get("set-cookie")).toMatch(/HttpOnly/i);
    expect(signed.headers.get("set-cookie")).toMatch(/SameSite=Lax/i);
    const me = await world.send("GET", "/api/me", { headers: { cookie } });
    expect(me.json).toMatchObject({ signedIn: true, roles: ["hr-admin"], needsSetup: false });
    expect(me.json.may).toContain("administer");
    await world.send("POST", "/api/auth/sign-out", { headers: { cookie }, body: {} });
    expect((await world.send("GET", "/api/people", { headers: { cookie } })).status).toBe(401);
  });

  it("does not let anybody sign up by themselves", async () => {
    const answer = await world.send("POST", "/api/auth/sign-up/email", {
      body: { name: "Eve", email: "eve@example.com", password: "long enough to pass" },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await world.runtime.db.read('SELECT id FROM "user"')).toHaveLength(1);
  });

  it("slows down who guesses passwords", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++) statuses.push((await signIn("wrong password")).status);
    expect(statuses).toContain(429);
  });

  it("is nobody with a key that was made up", async () => {
    expect(
      (await world.send("GET", "/api/people", { headers: { authorization: "Bearer rondo_made-up" } })).status,
    ).toBe(401);
  });
});

describe("looking through somebody's eyes", () => {
  let world: HttpWorld;
  beforeAll(async () => {
    world = await httpWorld();
  });
  afterAll(() => world.close());

  it("begins as the first persona with what the tour needs, and becomes who is chosen, and no more", async () => {
    const me = (await world.send("GET", "/api/me")).json;
    expect(me).toMatchObject({ signedIn: true, demo: true, viewingAs: null, person: { id: "gs-hr-designer" } });
    expect(me.may).toEqual(["design", "administer", "people", "metrics", "incentives", "launch"]);
    const person = me.personas.at(-1).id;
    const chosen = await world.send("POST", "/api/me/view-as", { body: { person } });
    expect(chosen.json).toMatchObject({ person: { id: person }, viewingAs: { id: person }, may: [] });
    const cookie = chosen.headers.get("set-cookie")!.split(";")[0]!;
    expect((await world.send("GET", "/api/people", { headers: { cookie } })).json.total).toBe(1);
    const back = await world.send("POST", "/api/me/view-as", { body: { person: null }, headers: { cookie } });
    expect(back.json.viewingAs).toBeNull();
  });

  it("is refused for a person who does not exist, and for a name that is not this machine's", async () => {
    expect((await world.send("POST", "/api/me/view-as", { body: { person: "nobody" } })).status).toBe(404);
    const headers = new Headers({ host: "rebound.example.com" });
    expect(await world.access.demoFor(headers)).toBe(false);
    expect((await world.access.reader(headers)).signedIn).toBe(false);
  });

  it("is not there where the database is no demo, or the server listens to others", async () => {
    const { runtime, access } = world;
    const headers = new Headers({ host: "localhost:4600" });
    expect(await access.demoFor(headers)).toBe(true);
    const host = runtime.config.host;
    Object.assign(runtime.config, { host: "0.0.0.0" });
    expect(await access.demoFor(headers)).toBe(false);
    Object.assign(runtime.config, { host });
    await runtime.db.write([{ sql: "UPDATE organisation SET demo = 0" }]);
    access.changed();
    expect(await access.demoFor(headers)).toBe(false);
    expect((await world.send("GET", "/api/people")).status).toBe(401);
  });
});
