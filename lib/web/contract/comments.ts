import "server-only";
// The calls of the discussion: read it, post, preview, edit, delete, report, and who one is in it.
import { z } from "zod";
import { slugSchema } from "@/lib/domain/article";
import { commentBodySchema, commentIdSchema, commentSorts, guestNameSchema } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import { reportReasons, reportSchema } from "@/lib/domain/report";
import { rooms } from "@/lib/services/read-me";
import { requestKeySchema } from "@/lib/web/composer";
import { safeHtml, slugJson } from "@/lib/web/contract/article-json";
import { articleParams, nextCursor, nothing, numberCursor, pageSize } from "@/lib/web/contract/articles";
import { commentJson, commentPageJson } from "@/lib/web/contract/comment-json";
import { operation } from "@/lib/web/contract/operation";
import { standingSchema } from "@/lib/web/contract/standing-json";

const wrong = { message: "field.wrong" };

const commentParams = z.object({ id: commentIdSchema.meta({ example: "42" }) });

const editToken = z.string({ message: "field.wrong" }).max(200, wrong).meta({
  description: "What its poster was given, instead of a cookie or a login.",
  example: "Zm9vYmFyYmF6cXV4Zm9vYg",
});

const withEditToken = z.object({ "edit-token": editToken.optional() });

const body = commentBodySchema.meta({
  description: "Markdown.",
  minLength: 1,
  // In code points, as JSON Schema counts; the schema's own is a cheap bound before the text is normalised.
  maxLength: limits.commentBody,
  example: "Olbers asked the same.",
});

const idJson = z.string().meta({ example: "42" });
const standing = z.enum(["published", "pending"]).meta({ description: "“Pending” waits for a moderator." });

export const listCommentsOperation = operation({
  id: "listComments",
  method: "get",
  path: "/api/v1/articles/{slug}/comments",
  summary: "The discussion, flat",
  description:
    "Every comment with its parent and depth, in order of appearance. Deleted and removed ones keep their place without text.",
  audience: "everybody",
  params: articleParams,
  input: z.object({
    sort: z
      .enum(commentSorts, wrong)
      .default("oldest")
      .meta({ description: "“Best” reads like “oldest” until there are votes." }),
    cursor: numberCursor,
    limit: pageSize,
  }),
  sent: nothing,
  answer: {
    status: 200,
    description: "A page of the discussion.",
    schema: z
      .object({
        article: slugJson,
        commentCount: z.number().int(),
        locked: z.boolean(),
        items: z.array(commentJson),
        nextCursor,
      })
      .meta({ id: "CommentList" }),
  },
  refusals: [308, 404, 422],
});

export const postCommentOperation = operation({
  id: "postComment",
  method: "post",
  path: "/api/v1/articles/{slug}/comments",
  summary: "Post a comment",
  description:
    "Without an account no credentials are needed; a cookie is set. Sent again with the same `Idempotency-Key` it answers the same and posts nothing.",
  audience: { scope: "comment" },
  params: articleParams,
  input: z
    .strictObject({
      body,
      parentId: commentIdSchema.nullish().meta({ description: "The comment to answer." }),
      name: guestNameSchema.nullable().meta({
        maxLength: limits.guestName,
        description: "A guest's name; without one, an automatic one.",
        example: "Ada",
      }),
      anonymous: z
        .boolean(wrong)
        .default(false)
        .meta({ description: "Post as a guest although logged in. Nothing public ties the two together." }),
      as: z.string(wrong).max(200, wrong).optional().meta({
        description:
          "The user name to post under: should nobody be logged in any more, or somebody else, nothing is posted.",
        example: "ada",
      }),
      website: z
        .string(wrong)
        .max(2_000, wrong)
        .default("")
        .meta({ description: "Leave it empty: people cannot see this field, robots fill it in." }),
      age: z
        .number(wrong)
        .int(wrong)
        .min(0, wrong)
        .max(1_000_000_000, wrong)
        .optional()
        .meta({ description: "Milliseconds since the form was first touched." }),
      proof: z.string(wrong).max(2_000, wrong).optional().meta({
        description: "The proof of work, when the first answer had a `challenge`: JSON of {challenge, solution}.",
      }),
    })
    .meta({ id: "NewComment" }),
  sent: z.object({
    "idempotency-key": requestKeySchema
      .optional()
      .meta({ description: "8 to 200 characters, best a UUID, new for each comment." }),
  }),
  answer: {
    status: 201,
    description: "Posted.",
    location: true,
    schema: z
      .object({
        id: idJson,
        url: z.url().meta({ description: "Where it can be read." }),
        status: standing,
        editToken: z.string().optional().meta({
          description:
            "Edits and deletes it without the cookie. Told only here, and only to guests; left out when the same text came before from somebody unknown.",
        }),
      })
      .meta({ id: "PostedComment" }),
  },
  refusals: [400, 401, 403, 404, 409, 413, 415, 422, 423, 429],
});

export const readCommentOperation = operation({
  id: "readComment",
  method: "get",
  path: "/api/v1/comments/{id}",
  summary: "One comment, and what you may do with it",
  audience: { scope: "read" },
  params: commentParams,
  input: nothing,
  sent: withEditToken,
  answer: { status: 200, description: "The comment.", schema: commentPageJson },
  refusals: [401, 403, 404],
});

const changed = z.object({ id: idJson, status: standing }).meta({ id: "ChangedComment" });

export const editCommentOperation = operation({
  id: "editComment",
  method: "patch",
  path: "/api/v1/comments/{id}",
  summary: "Give your comment a new text",
  description: "By cookie, or by the edit token in the body or in the header `Edit-Token`.",
  audience: { scope: "comment" },
  params: commentParams,
  input: z.strictObject({ body, editToken: editToken.optional() }).meta({ id: "CommentEdit" }),
  sent: withEditToken,
  answer: { status: 200, description: "Edited; a text that is held waits beside the old one.", schema: changed },
  refusals: [400, 401, 403, 404, 409, 413, 415, 422, 423, 429],
});

export const deleteCommentOperation = operation({
  id: "deleteComment",
  method: "delete",
  path: "/api/v1/comments/{id}",
  summary: "Empty your comment for good",
  description: "By cookie or `Edit-Token`. Its place stays, and the replies under it. A second time changes nothing.",
  audience: { scope: "comment" },
  params: commentParams,
  input: nothing,
  sent: withEditToken,
  answer: { status: 204, description: "Deleted." },
  refusals: [401, 403, 404, 409],
});

export const reportCommentOperation = operation({
  id: "reportComment",
  method: "post",
  path: "/api/v1/comments/{id}/reports",
  summary: "Tell the moderators about a comment",
  description: "A second report by the same person changes nothing.",
  audience: { scope: "comment" },
  params: commentParams,
  input: z
    .strictObject({
      reason: z
        .string({ message: "report.reason_missing" })
        .transform((reason) => reason.toUpperCase())
        .pipe(reportSchema.shape.reason)
        .meta({ type: "string", enum: reportReasons, description: "In capitals or not.", example: "SPAM" }),
      note: reportSchema.shape.note.meta({
        maxLength: limits.reportNote,
        description: "What the moderators should know.",
      }),
    })
    .meta({ id: "NewReport" }),
  sent: nothing,
  answer: {
    status: 201,
    description: "Thank you.",
    schema: z.object({ status: z.literal("open") }).meta({ id: "Report" }),
  },
  refusals: [400, 401, 403, 404, 409, 413, 415, 422, 429],
});

export const previewOperation = operation({
  id: "preview",
  method: "post",
  path: "/api/v1/preview",
  summary: "What a comment will look like",
  audience: { scope: "comment" },
  params: nothing,
  input: z.strictObject({ body }).meta({ id: "Preview" }),
  sent: nothing,
  answer: { status: 200, description: "Its HTML.", schema: z.object({ html: safeHtml }).meta({ id: "Previewed" }) },
  refusals: [400, 401, 403, 413, 415, 422, 429],
});

export const readMeOperation = operation({
  id: "readMe",
  method: "get",
  path: "/api/v1/me",
  summary: "Who am I, and what is mine here",
  audience: { scope: "read" },
  params: nothing,
  input: z.object({
    article: slugSchema
      .optional()
      .meta({ description: "Tell of my comments on this article.", example: "why-is-the-night-sky-dark" }),
  }),
  sent: nothing,
  answer: {
    status: 200,
    description: "Who asks.",
    schema: z
      .object({
        actor: z.union([
          z.object({ kind: z.literal("visitor") }),
          z.object({ kind: z.literal("member"), name: z.string(), handle: z.string() }),
        ]),
        may: z.array(z.enum(rooms)).meta({ description: "Rooms of the site that are open to me." }),
        claimable: z.boolean().meta({ description: "Whether this browser left comments that I could make my own." }),
        standing: z.array(standingSchema).meta({
          description: "What moderators laid on me that counts just now; “warn” has to be read at /standing.",
        }),
        comments: z.array(
          z.object({
            id: idJson,
            parentId: z.string().nullable(),
            by: z.enum(["member", "visitor"]).meta({ description: "Under which of my two lives it was posted." }),
            status: standing,
            may: z.array(z.enum(["edit", "delete"])),
          }),
        ),
        article: z
          .object({ id: z.int(), may: z.array(z.enum(["revise", "manage"])) })
          .nullable()
          .meta({ description: "The article that was asked for, when I may do something with its text at the desk." }),
      })
      .meta({ id: "Me" }),
  },
  refusals: [401, 403, 422],
});
