import "@fontsource-variable/inter/index.css";
import "./ui/mantine-styles.css";
import "@mantine/notifications/styles.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { createRoot } from "react-dom/client";
import { Root } from "./app/root.tsx";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(<Root />);
