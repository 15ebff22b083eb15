import "server-only";
// The description of the API (OpenAPI 3.1), made from the very schemas that the doors check requests by.
import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import {
  listArticlesOperation,
  listRevisionsOperation,
  readArticleOperation,
  readRevisionOperation,
} from "@/lib/web/contract/articles";
import {
  deleteCommentOperation,
  editCommentOperation,
  listCommentsOperation,
  postCommentOperation,
  previewOperation,
  readCommentOperation,
  readMeOperation,
  reportCommentOperation,
} from "@/lib/web/contract/comments";
import { draftPresenceOperation, previewDraftOperation, saveDraftOperation } from "@/lib/web/contract/drafts";
import { uploadPictureOperation } from "@/lib/web/contract/files";
import { claimItemOperation, judgeCommentOperation, takeBackOperation } from "@/lib/web/contract/moderation";
import { type Operation, refusalMeanings } from "@/lib/web/contract/operation";
import { problemJson } from "@/lib/web/contract/problem-json";

type AnyOperation = Operation<z.ZodObject, z.ZodObject, z.ZodObject, unknown>;

/** Every call of the API, in the order in which the document lists them. */
const operations: readonly (readonly [tag: string, operation: AnyOperation])[] = [
  ["Articles", listArticlesOperation],
  ["Articles", readArticleOperation],
  ["Articles", listRevisionsOperation],
  ["Articles", readRevisionOperation],
  ["Discussion", listCommentsOperation],
  ["Discussion", postCommentOperation],
  ["Discussion", readCommentOperation],
  ["Discussion", editCommentOperation],
  ["Discussion", deleteCommentOperation],
  ["Discussion", reportCommentOperation],
  ["Discussion", previewOperation],
  ["Writing", saveDraftOperation],
  ["Writing", previewDraftOperation],
  ["Writing", draftPresenceOperation],
  ["Writing", uploadPictureOperation],
  ["You", readMeOperation],
  ["Moderation", judgeCommentOperation],
  ["Moderation", takeBackOperation],
  ["Moderation", claimItemOperation],
];

/** The document, for a site at `origin`. */
export function openApiDocument(origin: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "accessToken", {
    type: "http",
    scheme: "bearer",
    description: "Made by a member in their settings, for some of: read, comment, write.",
  });
  for (const [tag, operation] of operations) registry.registerPath(routeOf(operation, tag));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Colloquy",
      version: "1",
      description:
        "Read articles and their discussions, and take part, with or without an account. Ids are strings. Unknown fields in a body are refused, unknown query parameters ignored.",
    },
    servers: [{ url: origin }],
    tags: [{ name: "Articles" }, { name: "Discussion" }, { name: "Writing" }, { name: "You" }, { name: "Moderation" }],
  });
}

function routeOf(operation: AnyOperation, tag: string): RouteConfig {
  const { id, method, path, summary, description, params, input, sent, answer, audience } = operation;
  const inBody = method === "post" || method === "patch";
  return {
    operationId: id,
    tags: [tag],
    method,
    path,
    summary,
    description,
    // With a token that is good for this scope, or without any.
    ...(audience !== "everybody" && { security: [{ accessToken: [audience.scope] }, {}] }),
    request: {
      params,
      headers: asHeaders(sent),
      ...(inBody
        ? {
            body: {
              required: true,
              content: { [operation.takes ? "multipart/form-data" : "application/json"]: { schema: input } },
            },
          }
        : { query: input }),
    },
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.location && { headers: z.object({ Location: z.string() }) }),
        ...(answer.schema && { content: { "application/json": { schema: answer.schema } } }),
      },
      ...Object.fromEntries(
        ([...operation.refusals, 500, 503] as const).map((status) => [
          status,
          {
            description: refusalMeanings[status],
            ...(status !== 308 && { content: { "application/problem+json": { schema: problemJson } } }),
          },
        ]),
      ),
    },
  };
}

/** Header fields under the names that people write. */
function asHeaders(sent: z.ZodObject): z.ZodObject {
  const named = Object.entries(sent.shape).map(([name, schema]) => [
    name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
    schema,
  ]);
  return z.object(Object.fromEntries(named));
}
