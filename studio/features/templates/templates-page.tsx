import { Button } from "@mantine/core";
import { useNavigate } from "react-router";
import type { Answer } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { kindName } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { tell, tellProblem } from "../../ui/tell.ts";
import classes from "./templates.module.css";

type Template = Answer<"templates">["items"][number];

/** The gallery: whole processes with their forms and rules, proven by scenarios; using one leads to its editor. */
export default function TemplatesPage() {
  const answer = useAnswer("templates", {});
  const kinds = [...new Set((answer.data?.items ?? []).map((one) => one.main.kind))];
  return (
    <Page>
      <Crumbs items={[{ title: "Templates" }]} />
      {answer.error && !answer.data ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} what="the templates" />
      ) : !answer.data ? (
        <Panel flush>
          <ListSkeleton rows={6} height={80} />
        </Panel>
      ) : answer.data.items.length === 0 ? (
        <Nothing title="No templates">This installation was started without its templates folder.</Nothing>
      ) : (
        kinds.map((kind) => (
          <section key={kind}>
            <h2 className={classes.heading}>{kindName(kind)}s</h2>
            <div className={classes.grid}>
              {answer.data.items
                .filter((one) => one.main.kind === kind)
                .map((one) => (
                  <Card key={one.id} template={one} />
                ))}
            </div>
          </section>
        ))
      )}
    </Page>
  );
}

function Card({ template }: { template: Template }) {
  const navigate = useNavigate();
  const take = useCall("useTemplate", { stale: ["templates", "definitions", "catalogue"] });
  const open = () => navigate(`/design/${template.main.kind}/${template.main.id}`);
  return (
    <article className={classes.card}>
      <div className={classes.head}>
        <h3 className={classes.title}>{template.title}</h3>
        {template.installed && <Chip tone="good">in use</Chip>}
      </div>
      <p className={classes.text}>{template.description}</p>
      <p className={classes.small}>
        {template.documents.map((one) => `${one.title} (${kindName(one.kind).toLowerCase()})`).join(", ")}
      </p>
      <div className={classes.foot}>
        <span className="quiet">proven by {count(template.scenarios, "scenario")}</span>
        {template.installed ? (
          <Button size="compact-sm" variant="default" onClick={open}>
            Open
          </Button>
        ) : (
          <Button
            size="compact-sm"
            loading={take.isPending}
            onClick={() =>
              take.mutate(
                { params: { id: template.id } },
                {
                  onSuccess: (answer) => {
                    tell(
                      `${count(answer.created.length, "draft")} made${answer.existing.length > 0 ? `, ${answer.existing.length} were there already` : ""}.`,
                    );
                    open();
                  },
                  onError: (error) => tellProblem(error),
                },
              )
            }
          >
            Use
          </Button>
        )}
      </div>
    </article>
  );
}
