import { useEffect, useState } from "react";
import { whyNoId } from "#engine/words/id-text.ts";
import { whyNotConnect } from "../../document/commands/connect.ts";
import { useFindDocument, useOpen } from "../../document/editing.tsx";
import { eventsOf } from "../../document/workflow/events.ts";
import { kindWord } from "../../document/workflow/new-step.ts";
import { findStep, stepPlaces, waysOf } from "../../document/workflow/places.ts";
import type { Point } from "../../graph/model.ts";
import { hueOf } from "../../graph/workflow-model.ts";
import { PickList } from "./pick-list.tsx";

/** Chooses where a connection leads (unless it was drawn there) and which outcome takes it. */
export function ConnectPicker(props: {
  at: Point;
  from: string;
  to: string | null;
  onConnect: (event: string, to: string) => void;
  onClose: () => void;
}) {
  const { from, onConnect } = props;
  const document = useOpen((state) => state.document);
  const find = useFindDocument();
  const [to, setTo] = useState(props.to);
  const source = findStep(document, from);
  const events = source ? eventsOf(source.step, find) : [];
  const used = new Map(source ? waysOf(source).map((way) => [way.event, way.to]) : []);
  // A step that can only end in one way needs no question.
  const only = events.length === 1 && !used.has(events[0]!) ? events[0] : undefined;
  useEffect(() => {
    if (to !== null && only !== undefined) onConnect(only, to);
  }, [to, only, onConnect]);
  if (!source || (to !== null && only !== undefined)) return null;
  if (to === null)
    return (
      <PickList
        key="target"
        at={props.at}
        label="Connect to…"
        empty="There is no other step it could lead to"
        items={stepPlaces(document)
          .filter((place) => whyNotConnect(document, from, place.id) === null)
          .map((place) => ({
            id: place.id,
            title: String(place.step.title ?? place.id),
            note: kindWord(place.kind),
            colour: `var(--step-${hueOf(place.kind)})`,
          }))}
        onPick={setTo}
        onClose={props.onClose}
      />
    );
  const title = (id: string) => String(findStep(document, id)?.step.title ?? id);
  return (
    <PickList
      key="event"
      at={props.at}
      label={`When ${title(from)} ends with…`}
      items={[...events]
        .sort((a, b) => Number(used.has(a)) - Number(used.has(b)))
        .map((event) => ({
          id: event,
          title: event.replaceAll("-", " "),
          words: event,
          ...(used.has(event) ? { note: `leads to ${title(used.get(event)!)}` } : {}),
        }))}
      free={(text) => (whyNoId(text) === null && !events.includes(text) ? `A new outcome: ${text}` : null)}
      onPick={(event) => onConnect(event, to)}
      onClose={props.onClose}
    />
  );
}
