import { Button, Modal, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { DefinitionView } from "#engine/contract/views/definitions.ts";
import { type Answer, call } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useEditing } from "../../document/editing.tsx";
import { Chip } from "../../ui/chip.tsx";
import { ListSkeleton } from "../../ui/states.tsx";
import type { Problems } from "../problems/use-problems.ts";
import classes from "./publish.module.css";

type Changes = Answer<"changes">;
type Step =
  | { at: "loading" }
  | { at: "ready"; changes: Changes }
  | { at: "failed"; message: string }
  | { at: "done"; version: number };

const SIGN = { added: "+", removed: "−", changed: "~" };
const WORD = { added: "Added", removed: "Removed", changed: "Changed" };

const RulesCovered = lazy(async () => ({ default: (await import("./rules-covered.tsx")).RulesCovered }));
const WaysCovered = lazy(async () => ({ default: (await import("./ways-covered.tsx")).WaysCovered }));

/** Publishing: what changed in words, what stops it, a note, and then the version that runs. */
export function PublishDialog(props: {
  opened: boolean;
  onClose: () => void;
  view: DefinitionView;
  problems: Problems;
  flush: () => Promise<void>;
  /** What else to know of this kind of document before it is live. */
  children?: ReactNode;
}) {
  const { opened, onClose, view, problems, flush } = props;
  const { store } = useEditing();
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ at: "loading" });
  const [note, setNote] = useState("");
  const [sending, setSending] = useState(false);
  const params = { kind: view.brief.kind, id: view.brief.id };
  const { kind, id } = params;

  useEffect(() => {
    if (!opened) return;
    let gone = false;
    setStep({ at: "loading" });
    flush()
      .then(() => call("changes", { params: { kind, id } }))
      .then((changes) => !gone && setStep({ at: "ready", changes }))
      .catch((error: unknown) => !gone && setStep({ at: "failed", message: sentenceOf(error) }));
    return () => {
      gone = true;
    };
  }, [opened, kind, id, flush]);

  const publish = async () => {
    setSending(true);
    try {
      const version = await call("publish", {
        params,
        body: { note: note.trim(), expectedRevision: store.getState().revision },
      });
      setNote("");
      setStep({ at: "done", version: version.version });
      for (const name of ["definition", "definitions", "catalogue", "changes", "home"])
        void client.invalidateQueries({ queryKey: [name] });
    } catch (error) {
      setStep({ at: "failed", message: sentenceOf(error) });
    } finally {
      setSending(false);
    }
  };

  const here = problems.issues.filter((issue) => issue.severity === "error");
  const there = step.at === "ready" ? step.changes.issues.filter((issue) => issue.severity === "error") : [];
  const blocking = [...new Map([...here, ...there].map((issue) => [`${issue.path} ${issue.message}`, issue])).values()];
  const doubts = problems.issues.filter((issue) => issue.severity === "warning");
  const unchanged = step.at === "ready" && step.changes.since !== null && step.changes.changes.length === 0;
  const running = view.brief.openCases;
  const ruleset = problems.definition?.kind === "ruleset" ? problems.definition : null;
  const workflow = problems.definition?.kind === "workflow" ? problems.definition : null;

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={step.at === "done" ? "Published" : `Publish ${view.brief.title}`}
      size={620}
    >
      {step.at === "loading" && <ListSkeleton rows={4} />}
      {step.at === "failed" && (
        <div className={classes.body}>
          <p role="alert" className="bad">
            {step.message}
          </p>
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          </div>
        </div>
      )}
      {step.at === "done" && (
        <div className={classes.body}>
          <p>
            <strong>Version {step.version}</strong> is what runs from now on.{" "}
            {running > 0
              ? `The ${running.toLocaleString("en")} open ${running === 1 ? "case stays" : "cases stay"} on the version they began with.`
              : ""}
          </p>
          <div className={classes.buttons}>
            <Button onClick={onClose} data-autofocus>
              Done
            </Button>
          </div>
        </div>
      )}
      {step.at === "ready" && (
        <div className={classes.body}>
          {blocking.length > 0 && (
            <section className={classes.blocked} aria-label="What stops publishing">
              <strong>
                {blocking.length === 1 ? "One problem stops this" : `${blocking.length} problems stop this`}. The draft
                is saved.
              </strong>
              <ul>
                {blocking.slice(0, 8).map((issue) => (
                  <li key={`${issue.path} ${issue.message}`}>{issue.message}</li>
                ))}
                {blocking.length > 8 && <li>…and {blocking.length - 8} more in the problems panel.</li>}
              </ul>
            </section>
          )}
          <section>
            <h3>{step.changes.since === null ? "First version" : `Since version ${step.changes.since}`}</h3>
            {unchanged ? (
              <p className="secondary">
                Nothing that counts has changed: only places on the canvas or notes, if anything.
              </p>
            ) : (
              <ul className={classes.changes}>
                {step.changes.changes.slice(0, 200).map((change) => (
                  <li key={`${change.kind} ${change.path} ${change.words}`} data-kind={change.kind}>
                    <span className={classes.sign} title={WORD[change.kind]}>
                      {SIGN[change.kind]}
                    </span>
                    <span>{change.words}</span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          {doubts.length > 0 && (
            <section className={classes.doubts} aria-label="Worth a look">
              <strong>{doubts.length === 1 ? "One thing is" : `${doubts.length} things are`} worth a look</strong>
              <ul>
                {doubts.slice(0, 4).map((issue) => (
                  <li key={`${issue.path} ${issue.message}`}>{issue.message}</li>
                ))}
                {doubts.length > 4 && <li>…and {doubts.length - 4} more in the problems panel.</li>}
              </ul>
            </section>
          )}
          {!unchanged && props.children}
          {running > 0 && (
            <p className="secondary">
              <Chip>{running.toLocaleString("en")} open</Chip> They go on as they began; new cases take the new version.
            </p>
          )}
          {ruleset && (
            <Suspense>
              <RulesCovered ruleset={ruleset} />
            </Suspense>
          )}
          {workflow && (
            <Suspense>
              <WaysCovered workflow={workflow} />
            </Suspense>
          )}
          <Textarea
            label="Note for this version"
            description="Why: the reader of the history in a year will thank you."
            autosize
            minRows={2}
            maxRows={6}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              Not yet
            </Button>
            <Button onClick={() => void publish()} loading={sending} disabled={blocking.length > 0 || unchanged}>
              {view.brief.live ? `Publish version ${view.brief.live.version + 1}` : "Publish version 1"}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
