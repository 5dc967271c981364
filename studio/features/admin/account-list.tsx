import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { Chip, type Tone } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/page.tsx";
import { PersonChooser } from "../../ui/person-chooser.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { tell, tellProblem } from "../../ui/tell.ts";
import { ShownOnce } from "./shown-once.tsx";

type Account = Answer<"accounts">["items"][number];
const STATES: Record<Account["status"], { word: string; tone: Tone }> = {
  active: { word: "can sign in", tone: "good" },
  invited: { word: "invited", tone: "accent" },
  expired: { word: "invitation ran out", tone: "attention" },
};

/** People who can sign in or were invited, and an end to each. */
export function AccountList() {
  const accounts = useAnswer("accounts", {});
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const remove = useCall("removeAccount", { stale: ["accounts", "audit"] });
  const columns: Column<Account>[] = [
    { title: "Person", width: "minmax(120px, 1.6fr)", cell: (one) => one.person.name },
    { title: "Signs in with", width: "minmax(140px, 2fr)", wide: true, cell: (one) => one.email ?? "" },
    {
      title: "State",
      width: "minmax(96px, 150px)",
      cell: (one) => <Chip tone={STATES[one.status].tone}>{STATES[one.status].word}</Chip>,
    },
    {
      title: "Shut out",
      untitled: true,
      width: "96px",
      end: true,
      cell: (one) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${one.status === "active" ? "Shut out" : "Take back the invitation of"} ${one.person.name}`}
          loading={remove.isPending && remove.variables?.params.person === one.person.id}
          onClick={() =>
            remove.mutate(
              { params: { person: one.person.id } },
              {
                onSuccess: () => tell(`${one.person.name} can no longer sign in.`),
                onError: (error) => tellProblem(error),
              },
            )
          }
        >
          {one.status === "active" ? "Shut out" : "Take back"}
        </Button>
      ),
    },
  ];
  return (
    <Panel
      flush
      title="People who sign in"
      note="An account belongs to a person; what they may do comes from their roles and reporting lines."
      actions={
        <Button size="compact-sm" onClick={() => setInviting(true)}>
          Invite
        </Button>
      }
    >
      {accounts.error && !accounts.data ? (
        <Failed error={accounts.error} retry={() => void accounts.refetch()} what="the accounts" />
      ) : !accounts.data ? (
        <ListSkeleton rows={3} />
      ) : accounts.data.items.length === 0 ? (
        <Nothing title="Nobody has an account yet">
          Invite a person: they choose a password of their own by a link.
        </Nothing>
      ) : (
        <DataTable
          label="People who sign in"
          columns={columns}
          rows={accounts.data.items}
          rowKey={(one) => one.person.id}
        />
      )}
      {inviting && (
        <Invite
          onClose={() => setInviting(false)}
          onInvited={(made) => {
            setInviting(false);
            setLink(made);
          }}
        />
      )}
      {link && (
        <ShownOnce
          title="The invitation"
          explain="Send this link to the person. It works once, for seven days, and is not shown again."
          secret={link}
          onClose={() => setLink(null)}
        />
      )}
    </Panel>
  );
}

function Invite({ onClose, onInvited }: { onClose: () => void; onInvited: (link: string) => void }) {
  const [person, setPerson] = useState<string | null>(null);
  const invite = useCall("invite", { stale: ["accounts", "audit"], onDone: ({ link }) => onInvited(link) });
  return (
    <Modal opened onClose={onClose} title="Invite a person">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (person) invite.mutate({ body: { person } });
        }}
      >
        <Stack gap="sm">
          <PersonChooser
            label="Who"
            description="They sign in with the e-mail address of their record."
            required
            value={person}
            onChange={setPerson}
            error={invite.error ? sentenceOf(invite.error) : null}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" disabled={!person} loading={invite.isPending}>
              Make the link
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
