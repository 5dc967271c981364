import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { kindName } from "../../text/kinds.ts";
import { tellProblem } from "../../ui/tell.ts";
import { blank, idFrom } from "./blank.ts";
import classes from "./definitions.module.css";

/** A new document: blank, or from a template of this kind. Both end in the editor. */
export function NewDefinition({ kind, onClose }: { kind: string; onClose: () => void }) {
  const [title, setTitle] = useState("");
  const [id, setId] = useState<string | null>(null);
  const navigate = useNavigate();
  const templates = useAnswer("templates", {});
  const fitting = (templates.data?.items ?? []).filter((one) => one.main.kind === kind);
  const create = useCall("createDefinition", {
    stale: ["definitions", "catalogue"],
    onDone: (made) => navigate(`/design/${made.brief.kind}/${made.brief.id}`),
  });
  const take = useCall("useTemplate", { stale: ["definitions", "templates", "catalogue"] });
  const shownId = id ?? idFrom(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ body: { source: `${JSON.stringify(blank(kind, shownId, title.trim()), null, 2)}\n` } });
  };
  return (
    <Modal opened onClose={onClose} title={`New ${kindName(kind).toLowerCase()}`} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Title"
            description="As people will read it in their inbox."
            required
            data-autofocus
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <TextInput
            label="Id"
            description="Stays the same for ever; other documents refer to it."
            required
            pattern="[a-z][a-z0-9\-]*"
            value={shownId}
            error={create.error ? sentenceOf(create.error) : null}
            onChange={(event) => setId(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" disabled={title.trim() === "" || shownId === ""} loading={create.isPending}>
              Start blank
            </Button>
          </Group>
        </Stack>
      </form>
      {fitting.length > 0 && (
        <section className={classes.templates}>
          <h3>Or from a template</h3>
          {fitting.map((one) => (
            <button
              key={one.id}
              type="button"
              className={classes.template}
              disabled={take.isPending}
              onClick={() =>
                take.mutate(
                  { params: { id: one.id } },
                  {
                    onSuccess: () => navigate(`/design/${one.main.kind}/${one.main.id}`),
                    onError: (error) => tellProblem(error),
                  },
                )
              }
            >
              <strong>{one.title}</strong>
              <span className="secondary">{one.description}</span>
            </button>
          ))}
          <Link to="/templates">All templates</Link>
        </section>
      )}
    </Modal>
  );
}
