import { Forbidden } from "../../access/forbidden.ts";
import { tryRules as evaluate } from "../../projections/try-rules-view.ts";
import type { HandlersOf } from "../handler.ts";

/** Trying rules before they are saved, for people whose records are open to the designer. */
export const tryRules: HandlersOf<"tryRules"> = {
  tryRules: ({ body }, { runtime, reader }) => {
    reader.policy.require("design");
    if (body.person !== undefined && !reader.policy.seesPerson(body.person)) {
      throw new Forbidden("This person's record is not open to you. Type facts in instead.", {
        kind: "person",
        id: body.person,
      });
    }
    return evaluate(runtime, reader, body);
  },
};
