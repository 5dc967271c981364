import { Notifications } from "@mantine/notifications";

/** Where what happened is told, below at the right. A file of its own: it comes after the first paint, and shows what waited. */
export default function Toasts() {
  return <Notifications position="bottom-right" autoClose={6000} />;
}
