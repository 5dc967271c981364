import { notifications } from "@mantine/notifications";
import { ProblemError, sentenceOf } from "../api/problem-error.ts";

/** Says that something was done. */
export const tell = (message: string) => notifications.show({ message, color: "good", withBorder: true });

/** Says why something was not done, in the server's words, and what would be possible instead. */
export function tellProblem(error: unknown, title = "That did not work"): void {
  const possible =
    error instanceof ProblemError && error.possible.length > 0 ? ` Possible now: ${error.possible.join(", ")}.` : "";
  notifications.show({
    title,
    message: sentenceOf(error) + possible,
    color: "bad",
    withBorder: true,
    autoClose: 12_000,
  });
}
