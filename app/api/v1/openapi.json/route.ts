// The description of the API, for programs.
import { env } from "@/lib/env";
import { doors, orProblem } from "@/lib/web/api";
import { openApiDocument } from "@/lib/web/openapi";
import { keys } from "@/lib/web/purge";
import { storable } from "@/lib/web/respond";

function describe(): Promise<Response> {
  return orProblem(async () => {
    storable([keys.release]);
    return Response.json(openApiDocument(env().publicOrigin));
  });
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: describe });
