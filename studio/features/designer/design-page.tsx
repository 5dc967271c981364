import type { ReactNode } from "react";
import { useParams } from "react-router";
import type { DefinitionView } from "#engine/contract/views/definitions.ts";
import { EditingProvider } from "../../document/editing.tsx";
import { KIND_NAMES } from "../../text/kinds.ts";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Failed, PageSkeleton } from "../../ui/states.tsx";
import { type Problems, useProblems } from "../problems/use-problems.ts";
import { useOpenDefinition } from "./use-open-definition.ts";

export interface DesignContext {
  view: DefinitionView;
  problems: Problems;
  flush: () => Promise<void>;
}

/** Opens the definition that the address names and hands it to an editor; one instance for each definition. */
export function DesignPage({ kind, children }: { kind: string; children: (context: DesignContext) => ReactNode }) {
  const { id = "" } = useParams();
  return (
    <Opened key={`${kind}/${id}`} kind={kind} id={id}>
      {children}
    </Opened>
  );
}

function Opened({ kind, id, children }: { kind: string; id: string; children: (context: DesignContext) => ReactNode }) {
  const open = useOpenDefinition(kind, id);
  if (open.error && !open.store)
    return (
      <>
        <Crumbs items={[{ title: KIND_NAMES[kind]?.many ?? kind, to: `/design/${kind}` }, { title: id }]} />
        <Failed error={open.error} retry={open.retry} what="this definition" />
      </>
    );
  if (!open.store || !open.view) return <PageSkeleton />;
  return (
    <EditingProvider value={{ store: open.store, others: open.others, complete: open.complete }}>
      <WithProblems view={open.view} flush={open.flush}>
        {children}
      </WithProblems>
    </EditingProvider>
  );
}

function WithProblems({
  view,
  flush,
  children,
}: {
  view: DefinitionView;
  flush: () => Promise<void>;
  children: (context: DesignContext) => ReactNode;
}) {
  const problems = useProblems();
  return children({ view, problems, flush });
}
