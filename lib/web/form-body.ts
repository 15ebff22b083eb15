import "server-only";
// The form that a request brings, with its files, or the refusal that only HTTP knows: 400 and 415.
import { sentence } from "@/lib/ui/labels";
import { HttpRefusal } from "@/lib/web/json-body";

/** Fields of a form with files; more is no form of ours. */
const mostFields = 10;

/** Name → text or file; of a name that comes twice, the first. @throws HttpRefusal when it is no such form, or says that it is something else */
export async function formBody(request: Request): Promise<Record<string, string | File>> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "multipart/form-data") throw new HttpRefusal(415, sentence("request.form_type"));
  const form = await request.formData().catch(() => null);
  const fields = [...(form ?? [])];
  if (!form || fields.length > mostFields) throw new HttpRefusal(400, sentence("request.malformed_form"));
  return Object.fromEntries(fields.reverse());
}
