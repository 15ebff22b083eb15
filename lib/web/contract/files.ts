import "server-only";
// The call that brings a picture.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { altSchema } from "@/lib/domain/upload";
import { nothing } from "@/lib/web/contract/articles";
import { operation } from "@/lib/web/contract/operation";

export const uploadPictureOperation = operation({
  id: "uploadPicture",
  method: "post",
  path: "/api/v1/files",
  summary: "Keep a picture for use in articles",
  description: "It is decoded and written anew as WebP, without metadata, at several widths.",
  audience: { scope: "write" },
  params: nothing,
  takes: "form",
  input: z
    .object({
      file: z
        .instanceof(File, { message: "upload.missing" })
        .meta({ type: "string", format: "binary", description: "JPEG, PNG, WebP or GIF, 5 MiB at most." }),
      alt: altSchema.meta({ maxLength: limits.pictureAlt, description: "What it shows, for whoever cannot see it." }),
    })
    .meta({ id: "NewPicture" }),
  sent: nothing,
  answer: {
    status: 201,
    description: "Kept.",
    location: true,
    schema: z
      .object({
        id: z.string(),
        url: z.url(),
        width: z.number().int(),
        height: z.number().int(),
        alt: z.string(),
        markdown: z.string().meta({ description: "Shows the picture in an article.", example: "![A hive](/u/…)" }),
      })
      .meta({ id: "Picture" }),
  },
  refusals: [400, 401, 403, 413, 415, 422, 429],
});
