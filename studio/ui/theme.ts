import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  rem,
  type VariantColorsResolver,
} from "@mantine/core";

/*
 * Mantine drawn with our tokens. A tuple has the light theme's colour at 6 and the dark theme's at 4, so that "filled" is
 * the token in both; everything else (tints, lines, text) goes through the variables of tokens.css.
 */
const accent: MantineColorsTuple = [
  "#eaeefc",
  "#d3dbf9",
  "#b9c5fb",
  "#a3b3ff",
  "#8ea2ff",
  "#5b74dd",
  "#3451d1",
  "#2a43b4",
  "#203592",
  "#17286f",
];
const good: MantineColorsTuple = [
  "#e4f4ec",
  "#c6e8d7",
  "#a2dcc0",
  "#7fd6ae",
  "#5ccf9b",
  "#37a877",
  "#1a7a50",
  "#156443",
  "#104d34",
  "#0b3826",
];
const attention: MantineColorsTuple = [
  "#fdf1de",
  "#fae0b8",
  "#f7cf90",
  "#f4c172",
  "#f0b354",
  "#c27f21",
  "#8a5100",
  "#724300",
  "#593400",
  "#402500",
];
const bad: MantineColorsTuple = [
  "#fdeaea",
  "#fccfd0",
  "#ffb3b5",
  "#ff9c9f",
  "#ff8589",
  "#d95258",
  "#b92f36",
  "#9a262c",
  "#7a1d22",
  "#5b1519",
];

/** Mantine's own greys, in our hues: it reaches for them wherever it has no variable of ours. */
const gray: MantineColorsTuple = [
  "#f7f8fa",
  "#f1f3f6",
  "#e3e7ed",
  "#d6dce4",
  "#c3cbd6",
  "#a1abb8",
  "#626d7b",
  "#56616f",
  "#36414e",
  "#1b2430",
];
const dark: MantineColorsTuple = [
  "#e8ecf2",
  "#c9d1db",
  "#a6b1be",
  "#929eac",
  "#465263",
  "#28303b",
  "#1e252f",
  "#191f27",
  "#12161c",
  "#0d1014",
];

const control = {
  "--input-height": "var(--control-height)",
  "--input-bg": "var(--field)",
  "--input-bd": "var(--line-control)",
};

/** What stands on a filled control: Mantine's own contrast looks at the light theme's shade only. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === "filled" && input.color !== "gray" ? { ...colors, color: "var(--on-accent)" } : colors;
};

export const theme = createTheme({
  variantColorResolver: variantColors,
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, good, attention, bad, gray, dark },
  black: "#1b2430",
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizes: { xs: rem(11), sm: rem(13), md: rem(13), lg: rem(15), xl: rem(20) },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.45", lg: "1.4", xl: "1.3" },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { xs: rem(4), sm: rem(7), md: rem(7), lg: rem(10), xl: rem(16) },
  defaultRadius: "sm",
  headings: {
    fontFamily: "var(--font)",
    fontWeight: "650",
    sizes: {
      h1: { fontSize: rem(20), lineHeight: "1.3" },
      h2: { fontSize: rem(15), lineHeight: "1.35" },
      h3: { fontSize: rem(13), lineHeight: "1.4" },
    },
  },
  focusRing: "auto",
  cursorType: "pointer",
  components: {
    Button: {
      defaultProps: { size: "sm" },
      vars: (_theme: unknown, props: { size?: unknown }) =>
        String(props.size ?? "").startsWith("compact")
          ? { root: {} }
          : { root: { "--button-height": "var(--control-height)", "--button-padding-x": "14px" } },
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
    Input: { defaultProps: { size: "sm" }, vars: () => ({ wrapper: control }) },
    InputWrapper: { defaultProps: { size: "sm" } },
    Modal: {
      defaultProps: {
        radius: "lg",
        centered: true,
        closeButtonProps: { "aria-label": "Close" },
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.25 },
      },
      styles: { title: { fontSize: 15, fontWeight: 640 } },
    },
    Drawer: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.25 },
      },
    },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        radius: "sm",
        shadow: "md",
        transitionProps: { duration: 80 },
      },
    },
    Popover: { defaultProps: { radius: "sm", shadow: "md", transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: false, multiline: true, maw: 320, fz: 12 } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 550 } },
    Tabs: { defaultProps: { keepMounted: false } },
    Skeleton: { defaultProps: { radius: "sm" } },
    Card: { defaultProps: { radius: "lg", withBorder: true, padding: "md" } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Select: { defaultProps: { checkIconPosition: "right" } },
  },
});

/** Mantine's own variables in terms of ours, the same for both schemes because ours know the scheme themselves. */
export const cssVariables: CSSVariablesResolver = () => {
  const tints = Object.fromEntries(
    (["accent", "good", "attention", "bad"] as const).flatMap((name) => [
      [`--mantine-color-${name}-text`, `var(--${name})`],
      [`--mantine-color-${name}-light`, `var(--${name}-tint)`],
      [`--mantine-color-${name}-light-hover`, `var(--${name}-tint)`],
      [`--mantine-color-${name}-light-color`, `var(--${name})`],
      [`--mantine-color-${name}-outline`, `var(--${name})`],
    ]),
  );
  const both = {
    ...tints,
    "--mantine-color-body": "var(--panel)",
    "--mantine-primary-color-contrast": "var(--on-accent)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-bright": "var(--ink)",
    "--mantine-color-dimmed": "var(--secondary)",
    "--mantine-color-placeholder": "var(--quiet)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-default": "var(--panel)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-disabled": "var(--disabled)",
    "--mantine-color-disabled-color": "var(--quiet)",
    "--mantine-color-disabled-border": "var(--line)",
    "--mantine-color-gray-text": "var(--secondary)",
    "--mantine-color-gray-light": "var(--raised)",
    "--mantine-color-gray-light-color": "var(--secondary)",
    "--mantine-color-gray-light-hover": "var(--hover)",
    "--mantine-color-gray-outline": "var(--line-strong)",
  };
  return { variables: {}, light: both, dark: both };
};
