import { Modal, Table } from "@mantine/core";
import { useShortcuts } from "../ui/shortcuts.ts";
import { closeShortcuts } from "./palette-state.ts";

/** `?` lists what the keyboard can do: everywhere, and on this page. */
export function ShortcutList() {
  const groups = useShortcuts((state) => state.groups);
  return (
    <Modal opened onClose={closeShortcuts} title="Keyboard" size="md">
      {groups.map((group) => (
        <Table key={group.title} withRowBorders={false} verticalSpacing={4}>
          <caption className="unseen">{group.title}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th colSpan={2}>{group.title}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {group.keys.map(([keys, what]) => (
              <Table.Tr key={keys + what}>
                <Table.Td w={140}>
                  {keys.split(" ").map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </Table.Td>
                <Table.Td>{what}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
    </Modal>
  );
}
