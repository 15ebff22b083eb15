// The entry of the desk's script, which only the page of a draft loads: a code editor weighs more than everything else together.
import { DraftEditor } from "@/components/enhance/desk/draft-editor";

customElements.define("draft-editor", DraftEditor);
