import { Button } from "@mantine/core";
import { useMemo } from "react";
import { describe } from "#engine/outline/describe.ts";
import { tell } from "../../ui/tell.ts";
import type { Problems } from "../problems/use-problems.ts";
import classes from "./rules.module.css";

/** The rule set in plain English, from the tree that runs, ready to be copied into a handbook. */
export function RulesWords({ problems }: { problems: Problems }) {
  const { definition, catalogue } = problems;
  const text = useMemo(() => (definition ? describe(definition, catalogue) : null), [definition, catalogue]);
  if (!text)
    return <p className={classes.wordsPanel}>It can be told once its shape is right; the problems say where.</p>;
  const plain = [text.title, ...text.sections.flatMap(({ heading, sentences }) => ["", heading, ...sentences])].join(
    "\n",
  );
  return (
    <div className={classes.wordsPanel}>
      <Button
        size="xs"
        variant="default"
        onClick={() => void navigator.clipboard.writeText(plain).then(() => tell("Copied, ready for the handbook"))}
      >
        Copy for the handbook
      </Button>
      <article>
        {text.sections.map((section) => (
          <section key={section.heading}>
            <h3>{section.heading}</h3>
            {section.sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </section>
        ))}
      </article>
    </div>
  );
}
