// One's own pictures: bring another, and take along the line of Markdown that shows one.
import { bringPicture } from "@/app/(personal)/desk/pictures/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { FaultyPictures, OwnPictures, PictureForm } from "@/components/desk/pictures";
import { limits } from "@/lib/domain/limits";
import { can } from "@/lib/domain/permissions";
import { readFaultyPictures } from "@/lib/services/check-pictures";
import { readOwnPictures } from "@/lib/services/upload-picture";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Pictures" };

const news = { kept: "Kept. Copy its line into your text, where the picture shall stand." };

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/desk/pictures");
  const [{ pictures, usedBytes }, faulty] = await Promise.all([
    readOwnPictures(ctx),
    can(ctx.actor, "review.enter") ? readFaultyPictures(ctx) : [],
  ]);
  return (
    <DeskPage
      actor={ctx.actor}
      title="Pictures"
      path="/desk/drafts"
      lead={`For your articles. ${megabytes(usedBytes)} of ${limits.pictureQuota / 1024 / 1024} MB used.`}
      news={await newsOf(searchParams, news)}
    >
      <FaultyPictures pictures={faulty} />
      <PictureForm action={bringPicture} state={formStateOf("picture")} />
      <OwnPictures pictures={pictures} />
    </DeskPage>
  );
});
