import { Textarea } from "@mantine/core";
import { useMemo, useState } from "react";
import { conditionInWords } from "#engine/rules/condition-words.ts";
import type { Conditions } from "#engine/rules/conditions.ts";
import { parseSentence } from "#engine/rules/parse-sentence.ts";
import type { Json } from "#engine/words/json.ts";
import type { JsonObject } from "../../../document/json-value.ts";
import classes from "./conditions.module.css";
import type { FactChoice } from "./fact-choice.ts";
import { sentenceWording } from "./sentence-wording.ts";

interface Props {
  value: Json;
  choices: readonly FactChoice[];
  shared: JsonObject;
  disabled: boolean;
  onChange: (value: Json) => void;
}

/** The conditions as one sentence, from the words that "why?" uses; it can be typed over, and says what it understood. */
export function SentenceLine({ value, choices, shared, disabled, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const wording = useMemo(() => sentenceWording(choices, value), [choices, value]);
  const text = useMemo(() => inWords(value, wording), [value, wording]);
  const read = useMemo(
    () => (typed?.trim() ? parseSentence(typed, { ...wording, shared: Object.keys(shared) }) : null),
    [typed, wording, shared],
  );
  if (typed === null)
    return (
      <p className={classes.sentence}>
        {text === null ? "Not complete yet." : `When ${text}.`}
        {!disabled && (
          <button type="button" className={classes.plain} onClick={() => setTyped(text ?? "")}>
            Write it as a sentence
          </button>
        )}
      </p>
    );
  const understood = read?.ok ? inWords(read.conditions as Json, wording) : null;
  const take = () => {
    if (!read?.ok) return;
    onChange(read.conditions as unknown as Json);
    setTyped(null);
  };
  return (
    <div className={classes.write}>
      <Textarea
        aria-label="The conditions as a sentence"
        autosize
        minRows={2}
        data-autofocus
        autoFocus
        placeholder="rating is at least 4 and (job role is sales or grade is one of A, B)"
        value={typed}
        error={read && !read.ok ? wrong(read.issues[0]) : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            take();
          } else if (event.key === "Escape") {
            event.stopPropagation();
            setTyped(null);
          }
        }}
      />
      {understood !== null && (
        <p className={classes.sentence}>
          <strong>Understood:</strong> {understood}.
        </p>
      )}
      <div className={classes.adds}>
        <button type="button" className={classes.add} disabled={!read?.ok} onClick={take}>
          Take it
        </button>
        <button type="button" className={classes.add} onClick={() => setTyped(null)}>
          Leave it
        </button>
      </div>
    </div>
  );
}

const wrong = (issue: { message: string; hint?: string } | undefined) =>
  issue ? `${issue.message}${issue.hint ? `: ${issue.hint}` : ""}` : "This cannot be read.";

function inWords(value: Json | Conditions, wording: ReturnType<typeof sentenceWording>): string | null {
  try {
    return conditionInWords(value, wording);
  } catch {
    return null;
  }
}
