// What waits for me: reviews, comments, my own drafts.
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { DeskFront } from "@/components/desk/desk-front";
import { DeskPage } from "@/components/desk/desk-page";
import { readDesk } from "@/lib/services/read-desk";

export const metadata = { title: "Desk" };

export default page(async () => {
  const ctx = await onlyMembers("/desk");
  const desk = await readDesk(ctx);
  return (
    <DeskPage actor={ctx.actor} title="Desk" path="/desk" lead="What waits for you.">
      <DeskFront {...desk} />
    </DeskPage>
  );
});
