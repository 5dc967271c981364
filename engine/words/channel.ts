import { z } from "zod";

/** Ways to reach a person. The inbox always works; e-mail where a mail server is configured. */
export const CHANNELS = ["inbox", "email"] as const;
export const Channel = z.enum(CHANNELS).meta({ id: "Channel" });
export type Channel = z.infer<typeof Channel>;
