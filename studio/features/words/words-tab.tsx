import { useMemo } from "react";
import { describe } from "#engine/outline/describe.ts";
import { ListSkeleton, Nothing } from "../../ui/states.tsx";
import type { Problems } from "../problems/use-problems.ts";
import classes from "./words.module.css";

/** The definition in plain English, from the same tree that runs, so that the handbook cannot drift. */
export function WordsTab({ problems }: { problems: Problems }) {
  const { definition, catalogue } = problems;
  const text = useMemo(() => (definition ? describe(definition, catalogue) : null), [definition, catalogue]);
  if (!problems.checked) return <ListSkeleton rows={8} />;
  if (!text)
    return (
      <Nothing title="Not yet in words">
        The document cannot be read as a whole while its shape is wrong. The problems panel says where.
      </Nothing>
    );
  return (
    <article className={classes.text}>
      <h2>{text.title}</h2>
      {text.sections.map((section) => (
        <section key={section.heading}>
          <h3>{section.heading}</h3>
          {section.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
      ))}
    </article>
  );
}
