// How a page ends when it cannot show what was asked for. Next's own not-found and error pages need scripts, and our
// documents carry none: so the page itself catches, says the status, and draws what to say.
import { unstable_rethrow } from "next/navigation";
import type { ReactNode } from "react";
import { BrokenPage, LoggedOutPage, NotFoundPage, UnavailablePage } from "@/components/site/outcome-page";
import { isDomainError } from "@/lib/domain/errors";
import { writtenInForm } from "@/lib/web/form-state";
import { answerStatus, personal, reportError } from "@/lib/web/respond";

type Render<Props> = (props: Props) => Promise<ReactNode>;

/**
 * Wraps a page: `not_found` becomes a 404, `unavailable` a 503, `unauthenticated` a 401 with what was written, anything unexpected a 500 with
 * its reference.
 */
export function page<Props>(render: Render<Props>): Render<Props> {
  return async (props: Props) => {
    try {
      return await render(props);
    } catch (error) {
      // Redirects are thrown too.
      unstable_rethrow(error);
      personal();
      if (isDomainError(error) && (error.code === "not_found" || error.code === "forbidden")) {
        answerStatus(404);
        return <NotFoundPage />;
      }
      if (isDomainError(error) && error.code === "unavailable") {
        answerStatus(503);
        return <UnavailablePage />;
      }
      if (isDomainError(error) && error.code === "unauthenticated") {
        answerStatus(401);
        return <LoggedOutPage texts={writtenInForm()} />;
      }
      const reference = reportError(error);
      answerStatus(500);
      return <BrokenPage reference={reference} />;
    }
  };
}
