import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  Select,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { createElement, Fragment, type ReactNode } from "react";

type Props = Readonly<Record<string, unknown>>;
type Drawn = (props: Props) => ReactNode;

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const node = (value: unknown) => value as ReactNode;

/** What stands around a control: any of it may hold controls of its own. */
const around = (props: Props, ...controls: ReactNode[]): ReactNode =>
  createElement(
    Fragment,
    null,
    node(props.label),
    node(props.description),
    node(props.leftSection),
    ...controls,
    node(props.rightSection),
    node(props.error),
  );

const said = (props: Props) => ({
  "aria-label": props["aria-label"] as string | undefined,
  placeholder: props.placeholder as string | undefined,
  readOnly: true,
});
const hidden = (value: unknown) => createElement("input", { type: "hidden", value: text(value) });

const typed: Drawn = (props) =>
  around(props, createElement("input", { ...said(props), value: text(props.value ?? props.defaultValue) }));

const area: Drawn = (props) =>
  around(props, createElement("textarea", { ...said(props), value: text(props.value ?? props.defaultValue) }));

interface Option {
  value: string;
  label?: string;
  items?: readonly (Option | string)[];
}
const optionsOf = (data: readonly (Option | string)[]): Option[] =>
  data.flatMap((one) =>
    typeof one === "string" ? [{ value: one, label: one }] : one.items ? optionsOf(one.items) : [one],
  );

const chosen: Drawn = (props) => {
  const option = optionsOf((props.data ?? []) as (Option | string)[]).find(({ value }) => value === props.value);
  return around(
    props,
    createElement("input", { ...said(props), value: option?.label ?? option?.value ?? "" }),
    hidden(props.value),
  );
};

const several: Drawn = (props) =>
  around(props, createElement("input", said(props)), hidden(((props.value ?? []) as string[]).join(",")));

const ticked: Drawn = (props) =>
  around(
    props,
    createElement("input", {
      ...said(props),
      type: "checkbox",
      checked: props.checked === true || props.checked === "",
    }),
  );

const pressed: Drawn = (props) =>
  createElement(
    "button",
    {
      type: "button",
      "aria-label": props["aria-label"] as string | undefined,
      "aria-pressed": props["aria-pressed"] as boolean | undefined,
    },
    node(props.leftSection),
    node(props.children),
    node(props.rightSection),
  );

const bare: Drawn = (props) => node(props.children);

const PLAIN = new Map<unknown, Drawn>([
  [TextInput, typed],
  [NumberInput, typed],
  [Autocomplete, typed],
  [Textarea, area],
  [Select, chosen],
  [TagsInput, several],
  [MultiSelect, several],
  [Checkbox, ticked],
  [Button, pressed],
  [ActionIcon, pressed],
  [Tooltip, bare],
]);

/**
 * The plain control that says what one of Mantine's does: its name, value, placeholder, whether it is ticked, and what
 * stands around it. Drawing Mantine's own a thousand times is nearly all the time of a test that looks at nothing else.
 * A control that is drawn as something else (a button as a link) stays as it is.
 */
export function plainOf(type: unknown, props: Props): unknown {
  return props.component === undefined && props.renderRoot === undefined ? (PLAIN.get(type) ?? type) : type;
}
