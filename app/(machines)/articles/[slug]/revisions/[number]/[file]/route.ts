// A citation of one published text as a file, for programs that keep sources.
import { z } from "zod";
import type { CitedText } from "@/lib/domain/citation";
import { bibtexCitation, cslCitation, risCitation } from "@/lib/domain/citation-formats";
import { readCitation } from "@/lib/services/read-citation";
import { readRevisionOperation } from "@/lib/web/contract/articles";
import { parsedParams, publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

const formats: Record<"cite.bib" | "cite.ris" | "cite.json", { type: string; write: (text: CitedText) => string }> = {
  "cite.bib": { type: "application/x-bibtex; charset=utf-8", write: bibtexCitation },
  "cite.ris": { type: "application/x-research-info-systems; charset=utf-8", write: risCitation },
  "cite.json": { type: "application/vnd.citationstyles.csl+json", write: cslCitation },
};

const file = z.enum(["cite.bib", "cite.ris", "cite.json"]);

export const GET = publicFile(async (ctx, params) => {
  const asked = parsedParams(readRevisionOperation.params.extend({ file }), params);
  const found = await readCitation(ctx, asked);
  if ("moved" in found) return { movedTo: `/articles/${found.moved}/revisions/${asked.number}/${asked.file}` };
  const { type, write } = formats[asked.file];
  const name = `${found.text.slug}-r${found.text.revision}.${asked.file.slice("cite.".length)}`;
  return {
    body: write(found.text),
    type,
    keys: [keys.article(found.articleId)],
    headers: { "Content-Disposition": `attachment; filename="${name}"` },
  };
});
