import { Loader, MultiSelect, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useAnswer } from "../api/use-answer.ts";

interface Labels {
  label: string;
  description?: string;
  placeholder?: string;
  error?: string | null;
  required?: boolean;
  disabled?: boolean;
}

function useFoundPeople(text: string) {
  const [asked] = useDebouncedValue(text.trim(), 180);
  const people = useAnswer("people", { query: { q: asked || undefined, limit: 20 } }, { keep: true });
  return {
    loading: people.isFetching,
    options: (people.data?.items ?? []).map((person) => ({
      value: person.id,
      label: person.title ? `${person.name}, ${person.title}` : person.name,
    })),
  };
}

/** Chooses one person of those the reader may see, by a few letters of the name. */
export function PersonChooser({
  value,
  onChange,
  hideLabel = false,
  ...labels
}: Labels & {
  value: string | null;
  onChange: (id: string | null, name: string | null) => void;
  /** For readers only, where the place says what is chosen. */
  hideLabel?: boolean;
}) {
  const [text, setText] = useState("");
  const found = useFoundPeople(text);
  const known = useAnswer("person", { params: { id: value ?? "-" } }, { enabled: value !== null && value !== "" });
  const options =
    known.data && !found.options.some((option) => option.value === value)
      ? [{ value: known.data.person.id, label: known.data.person.name }, ...found.options]
      : found.options;
  return (
    <Select
      {...labels}
      {...(hideLabel ? { labelProps: { className: "unseen" } } : {})}
      placeholder={labels.placeholder ?? "Type a name"}
      searchable
      clearable
      data={options}
      value={value}
      onChange={(id, option) => onChange(id, option?.label ?? null)}
      onSearchChange={setText}
      filter={({ options: all }) => all}
      nothingFoundMessage={found.loading ? "Looking…" : "Nobody you may see has this name"}
      rightSection={found.loading && text ? <Loader size={14} /> : undefined}
    />
  );
}

/** Chooses several people. */
export function PeopleChooser({
  value,
  onChange,
  ...labels
}: Labels & { value: string[]; onChange: (ids: string[]) => void }) {
  const [text, setText] = useState("");
  const found = useFoundPeople(text);
  const [names, setNames] = useState<Record<string, string>>({});
  const options = [
    ...value
      .filter((id) => !found.options.some((option) => option.value === id))
      .map((id) => ({ value: id, label: names[id] ?? id })),
    ...found.options,
  ];
  return (
    <MultiSelect
      {...labels}
      placeholder={value.length === 0 ? (labels.placeholder ?? "Type a name") : ""}
      searchable
      data={options}
      value={value}
      onChange={(ids) => {
        setNames(Object.fromEntries(options.map((option) => [option.value, option.label])));
        onChange(ids);
      }}
      onSearchChange={setText}
      filter={({ options: all }) => all}
      nothingFoundMessage={found.loading ? "Looking…" : "Nobody you may see has this name"}
    />
  );
}
