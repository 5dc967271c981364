import { create } from "zustand";

interface PaletteState {
  palette: boolean;
  shortcuts: boolean;
}
/** Whether the command palette or the list of shortcuts is open. */
export const usePaletteState = create<PaletteState>(() => ({ palette: false, shortcuts: false }));

export const openPalette = () => usePaletteState.setState({ palette: true, shortcuts: false });
export const closePalette = () => usePaletteState.setState({ palette: false });
export const openShortcuts = () => usePaletteState.setState({ shortcuts: true, palette: false });
export const closeShortcuts = () => usePaletteState.setState({ shortcuts: false });
