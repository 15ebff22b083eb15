// Addresses under /api that are none: a problem, not a page.
import { sentence } from "@/lib/ui/labels";
import { problemResponse } from "@/lib/web/api";

async function nothingHere(): Promise<Response> {
  return problemResponse({ status: 404, code: "not_found", detail: sentence("not_found") });
}

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as OPTIONS,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
