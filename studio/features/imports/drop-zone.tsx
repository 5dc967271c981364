import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import classes from "./imports.module.css";

const LARGEST = 50_000_000;

/** A place to drop a CSV, and the button that chooses one. */
export function DropZone(props: { busy: boolean; disabled: boolean; onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (file: File | null | undefined) => {
    if (!file || props.disabled || props.busy) return;
    if (file.size > LARGEST) return setWrong("This file is over 50 MB. Split it, or send it through the API in parts.");
    if (/\.(xlsx?|ods|numbers)$/i.test(file.name)) {
      return setWrong("This is a spreadsheet. Save it as CSV first: in Excel, “Save as”, “CSV UTF-8”.");
    }
    setWrong(null);
    props.onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same by keyboard
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={take} disabled={props.disabled}>
        {(button) => (
          <Button {...button} loading={props.busy} disabled={props.disabled}>
            Choose a file
          </Button>
        )}
      </FileButton>
      <span className="secondary">{props.disabled ? "Name the record type first." : "or drop it here"}</span>
      {wrong && (
        <p className={`bad ${classes.wrong}`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
