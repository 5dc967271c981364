import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../../runtime/config.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rondo-config-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the configuration", () => {
  it("has a default for everything", () => {
    const secret = "x".repeat(40);
    expect(readConfig({ RONDO_SECRET: secret })).toMatchObject({
      host: "127.0.0.1",
      port: 4600,
      db: "file:data/rondo.db",
      demo: "green-soft",
      url: "http://127.0.0.1:4600",
      clock: "system",
      smtpUrl: undefined,
      log: "info",
      secret,
    });
  });

  it("generates the secret once, readable by its owner only", async () => {
    const env = { RONDO_DB: `file:${join(folder, "deep", "rondo.db")}` };
    const { secret } = readConfig(env);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(readConfig(env).secret).toBe(secret);
    const path = join(folder, "deep", "secret");
    expect((await readFile(path, "utf8")).trim()).toBe(secret);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["RONDO_DB", "data/rondo.db"],
    ["RONDO_DEMO", "acme"],
    ["RONDO_URL", "rondo.example.com"],
    ["RONDO_SECRET", "short"],
    ["RONDO_CLOCK", "sundial"],
    ["RONDO_SMTP_URL", "http://mail"],
    ["RONDO_LOG", "loud"],
  ])("names %s=%s and how to write it", (name, value) => {
    const read = () => readConfig({ RONDO_SECRET: "x".repeat(40), [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${name} cannot be used\\. Write `));
  });

  it("names everything that is wrong at once, and asks for a secret beside a database server", () => {
    expect(() => readConfig({ PORT: "x", RONDO_CLOCK: "y" })).toThrow(/PORT cannot.*\nRONDO_CLOCK cannot/);
    expect(() => readConfig({ RONDO_DB: "https://db.example.com" })).toThrow(/RONDO_SECRET is missing/);
  });
});
