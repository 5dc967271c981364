import { Checkbox } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked, useRun } from "../../../document/editing.tsx";
import { isObject, withValue } from "../../../document/json-value.ts";
import classes from "./inspector.module.css";
import { JoinEditor } from "./join-editor.tsx";
import { PeopleList, PersonRefEditor } from "./person-ref-editor.tsx";
import { Fold, More, Row } from "./row.tsx";
import { TextField } from "./text-field.tsx";

/** With many people, who does it is said by them: one actor beside them would never be asked. */
const WHO = ["actor", "actors", "mode", "exit"];
const RATERS: Json = { of: { relation: "peers" }, as: "rater", distinct: true };

/** Many people, known only when the step begins: of whom, without whom, how each is called, and when it is enough. */
export function EachFields({ path, one }: { path: readonly string[]; one: "task" | "case" }) {
  const [each, setEach] = useField([...path, "each"], "Several people at once");
  const [join] = useField([...path, "join"], "When it is enough");
  const locked = useLocked();
  const run = useRun();
  const set = (part: { [key: string]: Json | undefined }) => {
    const next = { ...(isObject(each) ? each : {}), ...part };
    setEach(
      Object.fromEntries(Object.entries(next).filter((entry): entry is [string, Json] => entry[1] !== undefined)),
    );
  };
  const many = () =>
    run(
      (document) =>
        WHO.reduce<Json>(
          (at, member) => withValue(at, [...path, member], undefined),
          withValue(document, [...path, "each"], RATERS),
        ),
      "Several people at once",
    );
  const alone = () =>
    run(
      (document) => {
        const of = isObject(each) ? each.of : undefined;
        const whom = Array.isArray(of) ? of[0] : of;
        const without = withValue(withValue(document, [...path, "each"], undefined), [...path, "join"], undefined);
        return one === "task" && whom !== undefined ? withValue(without, [...path, "actor"], whom) : without;
      },
      one === "task" ? "One task only" : "One case only",
    );
  return (
    <Fold title="Several people at once" open={each !== undefined || join !== undefined}>
      {isObject(each) ? (
        <>
          <Row
            label={`One ${one} for each of`}
            action={
              locked ? undefined : Array.isArray(each.of) ? undefined : (
                <More onClick={() => set({ of: [each.of ?? { relation: "peers" }, { relation: "manager" }] })}>
                  And others…
                </More>
              )
            }
          >
            {Array.isArray(each.of) ? (
              <PeopleList label="Each of" value={each.of} onChange={(of) => set({ of: of ?? { relation: "peers" } })} />
            ) : (
              <PersonRefEditor
                label="Each of"
                value={each.of}
                onChange={(of) => set({ of: of ?? { relation: "peers" } })}
              />
            )}
          </Row>
          <Row label="Without">
            <PeopleList
              label="Without"
              value={each.except}
              add="Leave people out…"
              onChange={(except) => set({ except })}
            />
          </Row>
          <div className={classes.halves}>
            <TextField path={[...path, "each", "as"]} label="Called" required />
            <Checkbox
              label="Each once"
              disabled={locked}
              checked={each.distinct === true}
              onChange={(event) => set({ distinct: event.currentTarget.checked })}
            />
          </div>
          <JoinEditor path={[...path, "join"]} />
          {!locked && <More onClick={alone}>{one === "task" ? "One task only" : "One case only"}</More>}
        </>
      ) : (
        !locked && <More onClick={many}>Give it to several people…</More>
      )}
    </Fold>
  );
}
