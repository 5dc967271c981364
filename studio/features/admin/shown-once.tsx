import { Button, CopyButton, Modal } from "@mantine/core";
import classes from "./admin.module.css";

/** A secret that nobody can ask for again: to be copied now. */
export function ShownOnce(props: { title: string; explain: string; secret: string; onClose: () => void }) {
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeOnClickOutside={false}>
      <div className={classes.secret}>
        <p className="secondary">{props.explain}</p>
        <code>{props.secret}</code>
        <CopyButton value={props.secret}>
          {({ copied, copy }) => (
            <Button onClick={copy} data-autofocus>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={props.onClose}>
          I have it
        </Button>
      </div>
    </Modal>
  );
}
