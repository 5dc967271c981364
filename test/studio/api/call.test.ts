import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../../../studio/api/call.ts";
import { ProblemError, sentenceOf } from "../../../studio/api/problem-error.ts";

const fetched: { address: string; request: RequestInit }[] = [];
function answerWith(...answers: (Response | Error)[]) {
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    fetched.push({ address, request });
    const next = answers[Math.min(fetched.length, answers.length) - 1]!;
    if (next instanceof Error) throw next;
    return next;
  });
}
const json = (body: unknown, status = 200, type = "application/json") =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
const keyOf = (index: number) => (fetched[index]!.request.headers as Record<string, string>)["idempotency-key"];

beforeEach(() => {
  fetched.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("call", () => {
  it("asks for the route of the contract and gives its answer", async () => {
    answerWith(json({ items: [] }));
    expect(await call("definitions", { query: { kind: "workflow" } })).toEqual({ items: [] });
    expect(fetched[0]!.address).toBe("/api/definitions?kind=workflow");
    expect(fetched[0]!.request.method).toBe("GET");
    expect(keyOf(0)).toBeUndefined();
  });

  it("sends a command again with the same key when the connection breaks, so that it counts once", async () => {
    answerWith(new TypeError("network"), json({ ok: true }));
    const done = call("readMessages", { body: { ids: ["m1"] } });
    await vi.runAllTimersAsync();
    await done;
    expect(fetched).toHaveLength(2);
    expect(keyOf(0)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(keyOf(1)).toBe(keyOf(0));
  });

  it("does not send again what the server refused", async () => {
    answerWith(json({ type: "about:blank", title: "Refused", status: 409, code: "stale-revision" }, 409));
    await expect(call("readMessages", { body: { ids: [] } })).rejects.toMatchObject({ code: "stale-revision" });
    expect(fetched).toHaveLength(1);
  });

  it("tells what the server said: code, issues, and what is possible instead", async () => {
    const issue = {
      code: "unknown-key",
      path: "/steps",
      severity: "error",
      message: "There is no key step.",
      hint: "Say steps.",
    };
    answerWith(
      json(
        {
          type: "x",
          title: "No",
          status: 422,
          code: "invalid",
          issues: [issue],
          possible: ["submitted"],
          requestId: "r1",
        },
        422,
        "application/problem+json",
      ),
    );
    const error = await call("home", {}).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      status: 422,
      code: "invalid",
      issues: [issue],
      possible: ["submitted"],
      requestId: "r1",
    });
    expect(sentenceOf(error)).toBe("There is no key step. Say steps.");
  });

  it("makes a problem of an answer that is not JSON, as a proxy gives it", async () => {
    answerWith(new Response("<html>Bad gateway</html>", { status: 502 }));
    await expect(call("home", {})).rejects.toMatchObject({ status: 502, code: "http-502" });
  });

  it("says that Rondo cannot be reached, after trying a command three times", async () => {
    answerWith(new TypeError("network"));
    const asked = expect(call("readMessages", { body: { ids: [] } })).rejects.toMatchObject({
      code: "offline",
      status: 0,
    });
    await vi.runAllTimersAsync();
    await asked;
    expect(fetched).toHaveLength(3);
  });

  it("sends a CSV as it is", async () => {
    answerWith(json({}));
    await call("createImport", { query: { kind: "people" }, body: "id;name\n1;Ana" });
    expect(fetched[0]!.request.body).toBe("id;name\n1;Ana");
    expect((fetched[0]!.request.headers as Record<string, string>)["content-type"]).toBe("text/csv");
  });

  it("sends a file as its bytes, whatever their encoding", async () => {
    const file = new Blob([new Uint8Array([0x6e, 0xfc])]);
    answerWith(json({}));
    await call("createImport", { query: { kind: "people" }, body: file });
    expect(fetched[0]!.request.body).toBe(file);
  });
});
