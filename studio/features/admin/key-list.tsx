import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/page.tsx";
import { PersonChooser } from "../../ui/person-chooser.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { tell, tellProblem } from "../../ui/tell.ts";
import { When } from "../../ui/when.tsx";
import { ShownOnce } from "./shown-once.tsx";

type Key = Answer<"apiKeys">["items"][number];

/** Keys for programs: whose eyes and hands they have, what they may, and an end to each. */
export function KeyList() {
  const keys = useAnswer("apiKeys", {});
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const signing = useCall("webhookKey", { stale: ["audit"] });
  const revoke = useCall("revokeApiKey", { stale: ["apiKeys", "audit"] });
  const columns: Column<Key>[] = [
    { title: "For", width: "minmax(140px, 2fr)", cell: (one) => one.title },
    { title: "Acts as", width: "minmax(110px, 1.4fr)", cell: (one) => one.person.name },
    { title: "May", width: "110px", wide: true, cell: (one) => (one.scope === "read" ? "only look" : "all they may") },
    { title: "Made", width: "120px", wide: true, cell: (one) => <When at={one.createdAt} /> },
    {
      title: "End it",
      untitled: true,
      width: "84px",
      end: true,
      cell: (one) =>
        one.revokedAt !== null ? (
          <Chip>ended</Chip>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`End the key ${one.title}`}
            loading={revoke.isPending && revoke.variables?.params.id === one.id}
            onClick={() =>
              revoke.mutate(
                { params: { id: one.id } },
                { onSuccess: () => tell("The key works no more."), onError: (error) => tellProblem(error) },
              )
            }
          >
            End it
          </Button>
        ),
    },
  ];
  return (
    <Panel
      flush
      title="Keys for programs"
      note="A program with a key acts as the person, and the audit says so."
      actions={
        <>
          <Button
            size="compact-sm"
            variant="default"
            loading={signing.isPending}
            onClick={() => signing.mutate({}, { onError: (error) => tellProblem(error) })}
          >
            Key of outgoing calls
          </Button>
          <Button size="compact-sm" onClick={() => setMaking(true)}>
            New key
          </Button>
        </>
      }
    >
      {keys.error && !keys.data ? (
        <Failed error={keys.error} retry={() => void keys.refetch()} what="the keys" />
      ) : !keys.data ? (
        <ListSkeleton rows={3} />
      ) : keys.data.items.length === 0 ? (
        <Nothing title="No program has a key">
          A key lets another system, such as payroll or a data warehouse, use the API.
        </Nothing>
      ) : (
        <DataTable label="Keys for programs" columns={columns} rows={keys.data.items} rowKey={(one) => one.id} />
      )}
      {making && (
        <NewKey
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      )}
      {signing.data && (
        <ShownOnce
          title="Key of outgoing calls"
          explain="Rondo signs each call to another system as Standard Webhooks say. Give this key to the receiver, which checks the signature with it."
          secret={signing.data.key}
          onClose={() => signing.reset()}
        />
      )}
      {made && (
        <ShownOnce
          title="The new key"
          explain="This is the only time it is shown. Put it where the program keeps its secrets; it is sent as a bearer token."
          secret={made}
          onClose={() => setMade(null)}
        />
      )}
    </Panel>
  );
}

function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const [title, setTitle] = useState("");
  const [person, setPerson] = useState<string | null>(null);
  const [scope, setScope] = useState<"read" | "full">("read");
  const create = useCall("createApiKey", { stale: ["apiKeys", "audit"], onDone: ({ key }) => onMade(key) });
  const ready = title.trim() !== "" && person !== null;
  return (
    <Modal opened onClose={onClose} title="New key">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) create.mutate({ body: { title: title.trim(), person, scope } });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="What it is for"
            placeholder="Payroll export"
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <PersonChooser
            label="Acts as"
            description="It sees and does what this person may."
            required
            value={person}
            onChange={setPerson}
            error={create.error ? sentenceOf(create.error) : null}
          />
          <SegmentedControl
            aria-label="What it may do"
            value={scope}
            onChange={(value) => setScope(value === "full" ? "full" : "read")}
            data={[
              { value: "read", label: "Only look" },
              { value: "full", label: "Look and change" },
            ]}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" disabled={!ready} loading={create.isPending}>
              Make the key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
