import { SegmentedControl } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { Panel } from "../page.tsx";
import classes from "./plot.module.css";

/** A plot with its title, what it says in a sentence, and the table behind it. */
export function PlotFrame(props: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  height: number;
  draw: (width: number, height: number) => ReactNode;
  head: string[];
  rows: string[][];
}) {
  const [shown, setShown] = useState<"plot" | "table">("plot");
  const { ref, width } = useElementSize<HTMLDivElement>();
  return (
    <Panel
      title={props.title}
      note={props.note}
      actions={
        <>
          {props.actions}
          <SegmentedControl
            size="xs"
            aria-label={`${props.title} as`}
            value={shown}
            onChange={(value) => setShown(value === "table" ? "table" : "plot")}
            data={[
              { value: "plot", label: "Plot" },
              { value: "table", label: "Table" },
            ]}
          />
        </>
      }
    >
      {shown === "plot" ? (
        <div ref={ref} className={classes.plot} style={{ minHeight: props.height }}>
          {width > 0 && props.draw(width, props.height)}
        </div>
      ) : (
        <div className={classes.scroll} style={{ minHeight: props.height }}>
          <table className={classes.table}>
            <caption className="unseen">{props.title}</caption>
            <thead>
              <tr>
                {props.head.map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.rows.map((row) => (
                <tr key={row.join("|")}>
                  {row.map((cell, index) => (
                    <td key={props.head[index]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
