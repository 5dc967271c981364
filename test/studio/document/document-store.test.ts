import { describe, expect, it } from "vitest";
import { autosave, type SaveAnswer } from "../../../studio/document/autosave.ts";
import { setField } from "../../../studio/document/commands/set-field.ts";
import { createDocumentStore } from "../../../studio/document/document-store.ts";

const shelf = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};
const open = (source: string, revision = 1, on = shelf()) => {
  let now = 0;
  return createDocumentStore({ kind: "form", id: "f", source, revision, shelf: on, now: () => (now += 5000) });
};
/** A server that keeps one draft, and a clock that the test moves. */
function world(source: string) {
  const server = { source, revision: 1 };
  const due: (() => void)[] = [];
  const saver = {
    save: async (text: string, expected: number): Promise<SaveAnswer> => {
      if (expected !== server.revision) return { ok: false, conflict: true, ...server };
      server.source = text;
      server.revision += 1;
      return { ok: true, ...server };
    },
    wait: (run: () => void) => due.push(run),
    cancel: () => void due.splice(0),
  };
  const tick = async () => {
    for (const run of due.splice(0)) run();
    for (let i = 0; i < 8; i++) await Promise.resolve();
  };
  return { server, saver, tick };
}

describe("an open definition", () => {
  it("saves the draft after the last edit and says so", async () => {
    const { server, saver, tick } = world('{"title":"a"}');
    const store = open(server.source);
    autosave(store, saver);
    store.getState().run(setField(["title"], "b"), { label: "Title" });
    store.getState().run(setField(["title"], "c"), { label: "Title" });
    expect(store.getState().save.status).toBe("waiting");
    await tick();
    expect(server).toEqual({ source: '{"title":"c"}', revision: 2 });
    expect(store.getState().save.status).toBe("saved");
  });

  it("U37: never saves over somebody else's work, and goes on once the person has chosen", async () => {
    const { server, saver, tick } = world('{"title":"a"}');
    const store = open(server.source);
    autosave(store, saver);
    server.source = '{"title":"theirs"}';
    server.revision = 2;
    store.getState().run(setField(["title"], "mine"), { label: "Title" });
    await tick();
    expect(server.source).toBe('{"title":"theirs"}');
    expect(store.getState().save).toMatchObject({ status: "conflict", theirs: '{"title":"theirs"}' });
    store.getState().run(setField(["title"], "mine too"), { label: "Title" });
    await tick();
    expect(server.source).toBe('{"title":"theirs"}');
    store.getState().settle("mine");
    await tick();
    expect(server.source).toBe('{"title":"mine too"}');
  });

  it("U20: does not send text that is not JSON, and saves again once it is", async () => {
    const { server, saver, tick } = world('{"title":"a"}');
    const store = open(server.source);
    autosave(store, saver);
    store.getState().type('{"title":"b"');
    await tick();
    expect(server.source).toBe('{"title":"a"}');
    store.getState().type('{"title":"b"}');
    await tick();
    expect(server.source).toBe('{"title":"b"}');
  });

  it("takes theirs in one step that can be undone", () => {
    const store = open('{"title":"a"}');
    store.getState().run(setField(["title"], "mine"), { label: "Title" });
    store.getState().received({ source: '{"title":"theirs"}', revision: 4 });
    store.getState().settle("theirs");
    expect(store.getState()).toMatchObject({ text: '{"title":"theirs"}', revision: 4 });
    store.getState().undo();
    expect(store.getState().text).toBe('{"title":"mine"}');
  });

  it("follows another tab's save when nothing was typed here", () => {
    const store = open('{"title":"a"}');
    store.getState().received({ source: '{"title":"b"}', revision: 2 });
    expect(store.getState()).toMatchObject({ text: '{"title":"b"}', revision: 2, save: { status: "saved" } });
  });

  it("U04: undo survives a reload of the tab", () => {
    const kept = shelf();
    const store = open('{"title":"a"}', 1, kept);
    store.getState().run(setField(["title"], "b"), { label: "Title" });
    const again = open('{"title":"a"}', 1, kept);
    expect(again.getState()).toMatchObject({ text: '{"title":"b"}', save: { status: "waiting" } });
    expect(again.getState().undo()).toBe("Title");
    expect(again.getState().text).toBe('{"title":"a"}');
  });

  it("brings unsaved work back as a conflict where the server has moved on", () => {
    const kept = shelf();
    open('{"title":"a"}', 1, kept)
      .getState()
      .run(setField(["title"], "b"), { label: "Title" });
    const again = open('{"title":"z"}', 7, kept);
    expect(again.getState()).toMatchObject({
      text: '{"title":"b"}',
      save: { status: "conflict", theirs: '{"title":"z"}' },
    });
  });

  it("U20: keeps the last valid document while the text is not JSON, and refuses edits of the graph meanwhile", () => {
    const store = open('{"title":"a"}');
    store.getState().type('{"title":');
    expect(store.getState()).toMatchObject({ document: { title: "a" }, problem: { line: 1 } });
    store.getState().run(setField(["title"], "b"), { label: "Title" });
    expect(store.getState().text).toBe('{"title":');
    store.getState().type('{"title":"c"}');
    expect(store.getState()).toMatchObject({ document: { title: "c" }, problem: null });
  });
});
