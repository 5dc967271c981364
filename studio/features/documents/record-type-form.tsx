import { useOpen } from "../../document/editing.tsx";
import { isObject, valueAt } from "../../document/json-value.ts";
import { words } from "../../text/kinds.ts";
import { DataFields } from "../inspector/parts/data-fields.tsx";
import { ChoiceField } from "../inspector/parts/plain-fields.tsx";
import { DocumentHead } from "./document-head.tsx";
import classes from "./documents.module.css";

/** A record type: its fields, whom it is about and when it happened. */
export function RecordTypeForm() {
  const fields = useOpen((state) => valueAt(state.document, ["fields"]));
  const all = isObject(fields)
    ? Object.entries(fields).map(([name, field]) => ({ name, type: valueAt(field, ["type"]) }))
    : [];
  const option = ({ name }: { name: string }) => ({ value: name, label: words(name) });
  return (
    <>
      <DocumentHead />
      <div className={classes.grid}>
        <ChoiceField
          path={["about"]}
          label="It is about"
          empty="Nobody"
          help="The field with the person: their manager sees the record."
          options={all.filter((one) => one.type === "person" || one.type === "unit").map(option)}
        />
        <ChoiceField
          path={["date"]}
          label="It happened"
          empty="When it was recorded"
          help="The field with the date: clocks may count from it."
          options={all.filter((one) => one.type === "date" || one.type === "date-time").map(option)}
        />
      </div>
      <h3>Fields</h3>
      <div className={classes.grid}>
        <DataFields path={["fields"]} label="Fields" />
      </div>
    </>
  );
}
