import { Forbidden } from "../../access/forbidden.ts";
import type { Reader } from "../../access/reader.ts";
import { casesToMove, moveCases, undoMoves } from "../../commands/move-cases.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { standingIn } from "../../projections/case-access.ts";
import { previewMoves } from "../../projections/move-preview.ts";
import type { HandlersOf } from "../handler.ts";
import { answerOwnRows } from "./answer-own-rows.ts";

/** Working on many at once: the rows of a bundle, cases moved by hand. */
export const work: HandlersOf<"answerRows" | "previewMoves" | "moveCases" | "undoMoves"> = {
  answerRows: ({ params, body }, { runtime, reader, key }) =>
    answerOwnRows(runtime, reader, params.id, { ...body, ...((body.key ?? key) ? { key: body.key ?? key } : {}) }),

  previewMoves: async ({ body }, { runtime, reader }) => {
    const cases = await casesToMove(runtime, body);
    await requireAdministering(runtime, reader, cases);
    return previewMoves(runtime, body, cases);
  },

  moveCases: async ({ body }, { runtime, reader, key }) => {
    const cases = await casesToMove(runtime, body);
    await requireAdministering(runtime, reader, cases);
    return moveCases(runtime, reader, { ...body, ...((body.key ?? key) ? { key: body.key ?? key } : {}) }, cases);
  },

  undoMoves: ({ params, body }, { runtime, reader }) =>
    undoMoves(runtime, reader, params.id, body.reason, (cases) => requireAdministering(runtime, reader, cases)),
};

/** Whoever moves cases administers every one of them: an HR administrator, or the HR partner of their units. */
async function requireAdministering(runtime: Runtime, reader: Reader, cases: readonly string[]): Promise<void> {
  if (reader.policy.administersAll) return;
  for (let at = 0; at < cases.length; at += SLICE) {
    const slice = await Promise.all(cases.slice(at, at + SLICE).map((id) => runtime.desk.read(id)));
    for (const stored of slice) {
      if (stored && !(await standingIn(runtime, reader, stored)).administers)
        throw new Forbidden("You may only move cases that you administer; one of these is not yours.", {
          kind: "case",
          id: stored.state.id,
        });
    }
  }
}

const SLICE = 200;
