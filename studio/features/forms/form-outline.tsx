import { ActionIcon, Menu } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { QUESTION_TYPES, type Question } from "#engine/definition/form.ts";
import type { Json } from "#engine/words/json.ts";
import {
  addQuestion,
  type FormPlace,
  keyOfPlace,
  movePart,
  questionsOf,
  removePart,
  sectionsOf,
} from "../../document/commands/form-parts.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useEditing, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { freeId } from "../../document/workflow/new-step.ts";
import { SortableItem } from "../../ui/sortable.tsx";
import classes from "./forms.module.css";
import { QUESTION_WORDS } from "./question-words.ts";

const percent = (weight: Json | undefined) =>
  typeof weight === "string" && weight !== "" ? `${Number((Number(weight) * 100).toPrecision(6))} %` : null;

/** The sections and questions in their order: choose one to see its settings, drag it, delete it, add another. */
export function FormOutline() {
  const document = useOpen((state) => state.document);
  const selection = useOpen((state) => state.selection.at(-1));
  const { store } = useEditing();
  const run = useRun();
  const locked = useLocked();
  const sections = sectionsOf(document);
  const select = (place: FormPlace) => store.getState().select([keyOfPlace(place)]);
  const taken = new Set(sections.flatMap((section) => questionsOf(section).map((one) => String(one.id))));
  const add = (place: FormPlace, type: Question["type"]) => {
    const count = questionsOf(sections[place.section]).length;
    const question = {
      id: freeId(type, taken),
      type,
      title: `${QUESTION_WORDS[type]}?`,
      ...(type === "choice" || type === "multi-choice" ? { of: ["First", "Second"] } : {}),
    };
    run(addQuestion(place, question), {
      label: "Add a question",
      select: [keyOfPlace({ section: place.section, question: place.question === null ? count : place.question + 1 })],
    });
    requestAnimationFrame(() =>
      (window.document.getElementById("inspector-title") as HTMLInputElement | null)?.select(),
    );
  };
  const addSection = () => {
    const id = freeId("section", new Set(sections.map((section) => String(section.id))));
    const section = { id, title: "New section", questions: [] };
    run(setField(["sections"], [...sections, section]), {
      label: "Add a section",
      select: [keyOfPlace({ section: sections.length, question: null })],
    });
  };
  return (
    <div className={classes.outline}>
      {sections.map((section, index) => {
        const place = { section: index, question: null };
        return (
          <SortableItem
            key={`section ${String(section.id ?? index)}`}
            list="sections"
            index={index}
            count={sections.length}
            label={`the section ${String(section.title)}`}
            disabled={locked}
            onMove={(from, to) =>
              run(movePart({ section: from, question: null }, { section: to, question: null }), {
                label: "Move a section",
                select: [keyOfPlace({ section: to, question: null })],
              })
            }
          >
            <section className={classes.section} aria-label={`Section ${String(section.title)}`}>
              <Line
                chosen={selection === keyOfPlace(place)}
                title={String(section.title ?? section.id)}
                strong
                note={percent(section.weight)}
                onChoose={() => select(place)}
                {...(locked || sections.length < 2
                  ? {}
                  : { onRemove: () => run(removePart(place), { label: "Delete a section", select: [] }) })}
              />
              {questionsOf(section).map((question, at, all) => {
                const here = { section: index, question: at };
                return (
                  <SortableItem
                    key={`question ${String(question.id ?? at)}`}
                    list={`questions ${index}`}
                    index={at}
                    count={all.length}
                    label={String(question.title)}
                    disabled={locked}
                    onMove={(from, to) =>
                      run(movePart({ section: index, question: from }, { section: index, question: to }), {
                        label: "Move a question",
                        select: [keyOfPlace({ section: index, question: to })],
                      })
                    }
                  >
                    <Line
                      chosen={selection === keyOfPlace(here)}
                      title={String(question.title ?? question.id)}
                      note={[
                        QUESTION_WORDS[question.type as Question["type"]] ?? String(question.type),
                        question.required === true ? "needed" : null,
                        percent(question.weight),
                        question.showWhen || question.requiredWhen || question.lockedWhen ? "conditional" : null,
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                      onChoose={() => select(here)}
                      {...(locked
                        ? {}
                        : { onRemove: () => run(removePart(here), { label: "Delete a question", select: [] }) })}
                    />
                  </SortableItem>
                );
              })}
              {!locked && (
                <Menu position="bottom-start">
                  <Menu.Target>
                    <button
                      type="button"
                      className={classes.add}
                      aria-label={`Add a question to ${String(section.title)}`}
                    >
                      <IconPlus size={13} /> Add a question
                    </button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {QUESTION_TYPES.map((type) => (
                      <Menu.Item key={type} onClick={() => add(place, type)}>
                        {QUESTION_WORDS[type]}
                      </Menu.Item>
                    ))}
                  </Menu.Dropdown>
                </Menu>
              )}
            </section>
          </SortableItem>
        );
      })}
      {!locked && (
        <button type="button" className={classes.add} onClick={addSection}>
          <IconPlus size={13} /> Add a section
        </button>
      )}
    </div>
  );
}

function Line(props: {
  chosen: boolean;
  title: string;
  note: string | null;
  strong?: boolean;
  onChoose: () => void;
  onRemove?: () => void;
}) {
  return (
    <div className={classes.line} data-chosen={props.chosen || undefined}>
      <button type="button" className={classes.choose} aria-pressed={props.chosen} onClick={props.onChoose}>
        <span className={props.strong ? classes.strong : classes.text}>{props.title}</span>
        {props.note && <span className={classes.note}>{props.note}</span>}
      </button>
      {props.onRemove && (
        <ActionIcon size={24} aria-label={`Delete ${props.title}`} onClick={props.onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
