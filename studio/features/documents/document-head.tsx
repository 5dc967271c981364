import inspector from "../inspector/parts/inspector.module.css";
import { LongField, TextField } from "../inspector/parts/text-field.tsx";

/** The name of a document and what it is for. */
export function DocumentHead() {
  return (
    <div>
      <TextField path={["title"]} label="Name" id="inspector-title" className={inspector.title} required />
      <LongField path={["description"]} label="Description" className={inspector.about} placeholder="What it is for" />
    </div>
  );
}
