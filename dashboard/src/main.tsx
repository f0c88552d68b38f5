import {render} from "preact";
import "./style/main.css";
import {App} from "./app.tsx";
import {showInTab} from "./tab.ts";

showInTab();
render(<App />, document.getElementById("page")!);
