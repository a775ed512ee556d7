/* Home: the box for a number. */
import { watchAsk } from "../ask.js";
import { ready, start } from "../shell.js";

ready.then(watchAsk);
await start({ parts: ["public"] });
