// One's own archive, for who is logged in as its owner and nobody else.
import { z } from "zod";
import { openExport } from "@/lib/services/export-data";
import { byteStream } from "@/lib/web/byte-stream";
import { parsedParams, plainAnswer } from "@/lib/web/public-file";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";

/** As it stands in links; nothing that the database could not hold. */
const params = z.object({
  id: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/)
    .transform(Number),
});

export function GET(_request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return plainAnswer(async () => {
    personal();
    const { id } = parsedParams(params, await route.params);
    const { stream, bytes, name } = await openExport(await contextOf(), { id });
    return new Response(byteStream(stream), {
      headers: {
        "Content-Type": "application/zip",
        "Content-Length": String(bytes),
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "private, no-store",
      },
    });
  });
}
