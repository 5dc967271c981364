import { useOpen } from "../../document/editing.tsx";
import { kindWord, type PaletteKind, STEP_KINDS } from "../../document/workflow/new-step.ts";
import { stepPlaces } from "../../document/workflow/places.ts";
import type { GraphModel, Point } from "../../graph/model.ts";
import { hueOf } from "../../graph/workflow-model.ts";
import { ConnectPicker } from "./connect-picker.tsx";
import { PickList } from "./pick-list.tsx";
import type { Spot } from "./scope-at.ts";

/** What the canvas asks at the moment: which step to add, where to connect, what to find. */
export type Asking =
  | { what: "add"; screen: Point; spot: Spot | null; after: string | null }
  | { what: "connect"; screen: Point; from: string; to: string | null }
  | { what: "find"; screen: Point };

/** The small search list of the moment. */
export function CanvasPickers(props: {
  asking: Asking;
  model: GraphModel;
  onClose: () => void;
  onAdd: (kind: PaletteKind, asked: { after: string | null; spot: Spot | null }) => void;
  onConnect: (from: string, event: string, to: string) => void;
  onFound: (step: string) => void;
}) {
  const { asking, model, onClose } = props;
  const document = useOpen((state) => state.document);
  if (asking.what === "add")
    return (
      <PickList
        at={asking.screen}
        label="Add a step"
        items={STEP_KINDS.map(({ kind, word, about }) => ({
          id: kind,
          title: word,
          note: about,
          colour: `var(--step-${hueOf(kind)})`,
        }))}
        onClose={onClose}
        onPick={(kind) => props.onAdd(kind as PaletteKind, asking)}
      />
    );
  if (asking.what === "connect")
    return (
      <ConnectPicker
        at={asking.screen}
        from={asking.from}
        to={asking.to}
        onClose={onClose}
        onConnect={(event, to) => props.onConnect(asking.from, event, to)}
      />
    );
  return (
    <PickList
      at={asking.screen}
      label="Find a step, an event, a field or a person"
      items={stepPlaces(document).map((place) => {
        const node = model.nodes.find((one) => one.id === place.id);
        return {
          id: place.id,
          title: node?.title ?? place.id,
          note: node?.who ?? kindWord(place.kind),
          colour: `var(--step-${hueOf(place.kind)})`,
          words: JSON.stringify(place.step),
        };
      })}
      onClose={onClose}
      onPick={props.onFound}
    />
  );
}
