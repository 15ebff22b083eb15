// Every address that is no other page.
import { page } from "@/app/outcome";
import { DomainError } from "@/lib/domain/errors";

export const dynamic = "force-dynamic";

export const metadata = { title: "Nothing here", robots: { index: false } };

export default page(async () => {
  throw new DomainError("not_found");
});
