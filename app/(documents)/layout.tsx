// The frame of what everybody reads. The same for every reader: it asks who the site is, never who reads.
import type { ReactNode } from "react";
import { Frame, frameMetadata, frameViewport } from "@/app/frame";
import { announceNextPages } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

export const generateMetadata = frameMetadata;
export const viewport = frameViewport;

export default function DocumentsLayout({ children }: { children: ReactNode }) {
  announceNextPages("/next-page.json");
  return <Frame>{children}</Frame>;
}
