import type { Json } from "../words/json.ts";
import { canonical } from "../words/json.ts";
import { sha256 } from "../words/sha256.ts";
import { recordingReader } from "./asking.ts";
import type { Carrying } from "./carrying.ts";
import { keyText } from "./case-key.ts";
import { caseFacts } from "./facts.ts";

/**
 * What a task has in common with those that are worked on together with it: the step of its workflow and the values of the
 * parts that the step names, `actor` being whose task it is. Undefined where a part is not known: the task then stands alone.
 */
export function bundleKey(
  step: string,
  parts: readonly string[],
  assignees: readonly string[],
  { tape, head, context, world, draft, said, compiled }: Carrying,
): string | undefined {
  const found = tape.ask("value", `${step}.bundle`, () => {
    const { read, facts } = recordingReader(caseFacts(head, context, world!, draft.now, said));
    const known = keyText(parts, head.subject, head.period, (part) =>
      part === "actor" ? [...assignees].sort() : read(part),
    );
    const answer: Json =
      "key" in known ? sha256(canonical([compiled.definition.id, step, known.key])).slice(0, 24) : null;
    return { answer, facts: facts() };
  });
  return typeof found === "string" ? found : undefined;
}
