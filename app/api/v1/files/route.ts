// A picture for use in articles.
import { pictureMarkdown } from "@/lib/domain/upload";
import { uploadPicture } from "@/lib/services/upload-picture";
import { api, doors } from "@/lib/web/api";
import { uploadPictureOperation } from "@/lib/web/contract/files";

const upload = api(uploadPictureOperation, async (ctx, { input }) => {
  const bytes = new Uint8Array(await input.file.arrayBuffer());
  const picture = await uploadPicture(ctx, { bytes, alt: input.alt });
  const { id, width, height, alt } = picture;
  const url = `${ctx.ownOrigin}/u/${id}`;
  return { body: { id, url, width, height, alt, markdown: pictureMarkdown(picture) }, location: url };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: upload });
