"use server";
// Bringing a picture by a plain form.
import { z } from "zod";
import { altSchema } from "@/lib/domain/upload";
import { uploadPicture } from "@/lib/services/upload-picture";
import { action } from "@/lib/web/action";

export const bringPicture = action({
  form: "picture",
  members: "/desk/pictures",
  file: "file",
  schema: z.object({
    // A form without a choice sends an empty file.
    file: z.instanceof(File, { message: "upload.missing" }).refine((file) => file.size > 0, "upload.missing"),
    alt: altSchema,
  }),
  run: async (ctx, { file, alt }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { id } = await uploadPicture(ctx, { bytes, alt });
    return { goTo: `/desk/pictures?news=kept#picture-${id}` };
  },
});
