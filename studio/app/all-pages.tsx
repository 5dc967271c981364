import { Drawer } from "@mantine/core";
import { Navigation } from "./navigation.tsx";

/** Every page, on a phone, over the one that is open. */
export function AllPages({ onClose }: { onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} title="All pages" position="left" size={280}>
      <Navigation onGo={onClose} />
    </Drawer>
  );
}
