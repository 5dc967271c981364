import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";

/** Asks for the reason of an act that the journal keeps, with whatever else the act needs. */
export function ReasonDialog(props: {
  title: string;
  explain: string;
  confirm: string;
  danger?: boolean;
  busy: boolean;
  ready?: boolean;
  children?: ReactNode;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const [reason, setReason] = useState("");
  const given = reason.trim() !== "" && (props.ready ?? true);
  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (given) props.onConfirm(reason.trim());
        }}
      >
        <Stack gap="sm">
          <p className="secondary">{props.explain}</p>
          {props.children}
          <Textarea
            label="Reason"
            description="Kept in the journal; everyone who asks why will read it."
            required
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Leave it
            </Button>
            <Button type="submit" color={props.danger ? "bad" : "accent"} disabled={!given} loading={props.busy}>
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
