import { ParameterFields } from "../inspector/parts/parameter-fields.tsx";
import { DocumentHead } from "./document-head.tsx";
import classes from "./documents.module.css";

/** A parameter sheet: the values that several definitions share. */
export function ParametersForm() {
  return (
    <>
      <DocumentHead />
      <div className={classes.grid}>
        <ParameterFields path={["values"]} />
      </div>
    </>
  );
}
