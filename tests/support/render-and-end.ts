// A script as somebody would write it: renders once through the pool, prints, and has nothing more to do.
import { renderInWorker } from "@/lib/text/render-pool";

const rendered = await renderInWorker("*done*", { dialect: "comment", ownOrigin: "https://talk.example" });
console.log(rendered.html);
