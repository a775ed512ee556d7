/* Pages that are only read: guide, help, messages. */
import { start } from "../shell.js";

await start({ parts: ["public"] });
