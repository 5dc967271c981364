import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type KeyboardEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useMay, useMe } from "../api/me.ts";
import { useAnswer } from "../api/use-answer.ts";
import { kindName } from "../text/kinds.ts";
import { navigationFor } from "./navigation-items.ts";
import { closePalette } from "./palette-state.ts";
import classes from "./shell.module.css";

interface Found {
  key: string;
  title: string;
  what: string;
  to: string;
}

/** Ctrl K: go to any page, definition or person by a few letters. */
export function CommandPalette() {
  return (
    <Modal
      opened
      onClose={closePalette}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      title="Find anything"
      classNames={{ header: "unseen" }}
    >
      <Finder />
    </Modal>
  );
}

function Finder() {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const found = useFound(text);
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  const go = (item: Found | undefined) => {
    if (!item) return;
    closePalette();
    navigate(item.to);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((chosen + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter") go(found[chosen]);
  };
  return (
    <div>
      <TextInput
        data-autofocus
        variant="unstyled"
        className={classes.finderInput}
        placeholder="Find a page, a definition, a person…"
        aria-label="Find"
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={found[chosen] ? `found-${chosen}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id="found" role="listbox" aria-label="Found" className={classes.found}>
        {found.map((item, index) => (
          <div
            key={item.key}
            id={`found-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={classes.foundItem}
            onMouseMove={() => setAt(index)}
            onMouseDown={(event) => {
              event.preventDefault();
              go(item);
            }}
          >
            <span className="clip">{item.title}</span>
            <span className="quiet">{item.what}</span>
          </div>
        ))}
        {found.length === 0 && <div className={classes.foundNone}>Nothing is called “{text}”.</div>}
      </div>
    </div>
  );
}

function useFound(text: string): Found[] {
  const me = useMe();
  const designs = useMay("design");
  const wanted = text.trim().toLowerCase();
  const [asked] = useDebouncedValue(wanted, 150);
  const documents = useAnswer("definitions", { query: {} }, { enabled: designs });
  const people = useAnswer("people", { query: { q: asked, limit: 8 } }, { enabled: asked.length > 1, keep: true });
  const fits = (title: string) => title.toLowerCase().includes(wanted);
  const pages = navigationFor(me.may)
    .flatMap((group) => group.items)
    .filter((item) => fits(item.title))
    .map((item) => ({ key: item.to, title: item.title, what: "Page", to: item.to }));
  if (wanted === "") return pages;
  const found = (documents.data?.items ?? [])
    .filter((item) => fits(item.title) || item.id.includes(wanted))
    .slice(0, 8)
    .map((item) => ({
      key: `${item.kind}/${item.id}`,
      title: item.title,
      what: kindName(item.kind),
      to: `/design/${item.kind}/${item.id}`,
    }));
  const persons = (asked.length > 1 ? (people.data?.items ?? []) : []).map((person) => ({
    key: `person/${person.id}`,
    title: person.name,
    what: person.title ?? "Person",
    to: `/people/${encodeURIComponent(person.id)}`,
  }));
  return [...pages, ...found, ...persons];
}
