import {
  IconBell,
  IconChartLine,
  IconCoins,
  IconHome,
  IconInbox,
  type IconProps,
  IconStack2,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

export interface NavigationItem {
  title: string;
  to: string;
  /** What one must be allowed to do to be offered it. */
  needs?: string;
  /** Which number stands beside it. */
  count?: "tasks" | "cases" | "workflow" | "escalation" | "plan" | "ruleset" | "form" | "people" | "metrics";
  /** On the bottom bar of a phone. */
  icon?: ComponentType<IconProps>;
}
export interface NavigationGroup {
  title: string | null;
  items: NavigationItem[];
}

/** The left side of every page, top to bottom. */
export const NAVIGATION: NavigationGroup[] = [
  {
    title: null,
    items: [
      { title: "Home", to: "/", icon: IconHome },
      { title: "Inbox", to: "/inbox", count: "tasks", icon: IconInbox },
      { title: "Cases", to: "/cases", count: "cases", icon: IconStack2 },
    ],
  },
  {
    title: "Design",
    items: [
      { title: "Review cycles", to: "/design/workflow", needs: "design", count: "workflow" },
      { title: "Escalations", to: "/design/escalation", needs: "design", count: "escalation", icon: IconBell },
      { title: "Incentive plans", to: "/design/plan", needs: "design", count: "plan" },
      { title: "Rules", to: "/design/ruleset", needs: "design", count: "ruleset" },
      { title: "Forms", to: "/design/form", needs: "design", count: "form" },
      { title: "Metric definitions", to: "/design/metric", needs: "design" },
      { title: "Scorecards", to: "/design/scorecard", needs: "design" },
      { title: "Record types", to: "/design/record-type", needs: "design" },
      { title: "Calendars", to: "/design/calendar", needs: "design" },
      { title: "Cadences", to: "/design/cadence", needs: "design" },
      { title: "Parameters", to: "/parameters", needs: "administer" },
      { title: "Templates", to: "/templates", needs: "design" },
    ],
  },
  {
    title: "Organisation",
    items: [
      { title: "People", to: "/people", count: "people", icon: IconUsers },
      { title: "Metrics", to: "/metrics", count: "metrics", icon: IconChartLine },
      { title: "Payouts", to: "/payouts", icon: IconCoins },
      { title: "Imports", to: "/imports", needs: "administer" },
    ],
  },
  {
    title: "Administration",
    items: [
      { title: "Operations", to: "/admin", needs: "administer" },
      { title: "System", to: "/system", needs: "administer" },
      { title: "Access", to: "/access", needs: "administer" },
    ],
  },
];

/** The groups with only what the reader may use; empty groups disappear. */
export const navigationFor = (may: readonly string[]): NavigationGroup[] =>
  NAVIGATION.map((group) => ({
    ...group,
    items: group.items.filter((item) => item.needs === undefined || may.includes(item.needs)),
  })).filter((group) => group.items.length > 0);
