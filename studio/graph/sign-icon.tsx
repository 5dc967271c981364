import {
  IconArrowsLeftRight,
  IconArrowsRightLeft,
  IconBan,
  IconBell,
  IconCircleDashed,
  IconGitMerge,
  IconLink,
  IconPlayerPauseFilled,
  IconPlayerStopFilled,
  IconRepeat,
  IconStack2,
  IconUsers,
} from "@tabler/icons-react";
import { type ComponentType, memo } from "react";
import type { Sign } from "./model.ts";

const ICONS: Record<Sign, ComponentType<{ size: number; stroke: number; "aria-hidden": boolean }>> = {
  people: IconUsers,
  join: IconGitMerge,
  veto: IconBan,
  shared: IconLink,
  bundle: IconStack2,
  "to-and-fro": IconArrowsLeftRight,
  together: IconArrowsRightLeft,
  pause: IconPlayerPauseFilled,
  stop: IconPlayerStopFilled,
  every: IconRepeat,
  late: IconBell,
  optional: IconCircleDashed,
};

/** A small sign before words on the drawing. */
export const SignIcon = memo(function SignIcon({ sign }: { sign: Sign }) {
  const Icon = ICONS[sign];
  return <Icon size={11} stroke={2} aria-hidden />;
});
