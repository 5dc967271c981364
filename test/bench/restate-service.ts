import { type ObjectContext, object, serve, TerminalError } from "@restatedev/restate-sdk";
import { advance, compile, parse, start } from "#engine";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import type { CaseState } from "#engine/execute/state.ts";
import { MONDAY, smallWorld } from "../support/small-world.ts";
import { question } from "./world.ts";

/**
 * The question of `world.ts` as a Restate virtual object: the same engine decides, the state and the journal entry are the object's.
 * It writes less than we do (no tables of tasks, inbox and timers to list by). Argument: the port.
 */
const parsed = parse(question);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
const documents: Definition[] = [parsed.definition];
const compiled = compile(parsed.definition as Workflow, catalogueOf(documents));
const world = smallWorld();

const cases = object({
  name: "case",
  handlers: {
    begin: async (ctx: ObjectContext, subject: string): Promise<number> => {
      const outcome = start(
        compiled,
        {
          caseId: ctx.key,
          definition: { kind: "workflow", id: question.id, version: 1, hash: compiled.hash },
          subject: { kind: "person", id: subject },
          period: "2026",
          key: null,
          trigger: {},
          parent: null,
          data: {},
          by: null,
        },
        world,
        MONDAY,
      );
      if (!outcome.ok) throw new TerminalError(outcome.message);
      ctx.set("state", outcome.state);
      ctx.set("journal/1", outcome.entry);
      return 1;
    },
    command: async (ctx: ObjectContext, { task, to }: { task: string; to: string }) => {
      const state = await ctx.get<CaseState>("state");
      if (!state) throw new TerminalError("There is no such case.");
      const event = { type: "transfer" as const, task, to, reason: "bench", by: null };
      const outcome = advance(compiled, state, event, world, MONDAY);
      if (!outcome.ok) throw new TerminalError(outcome.message, { errorCode: 409 });
      ctx.set("state", outcome.state);
      ctx.set(`journal/${outcome.state.revision}`, outcome.entry);
      return { revision: outcome.state.revision, status: outcome.state.status };
    },
  },
});

await serve({ services: [cases], port: Number(process.argv[2]) });
process.send?.("ready");
