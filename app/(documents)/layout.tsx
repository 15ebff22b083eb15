// The frame of what everybody reads. The same for every reader: it asks who the site is, never who reads.
import type { ReactNode } from "react";
import { Frame, frameMetadata, frameViewport } from "@/app/frame";

export const dynamic = "force-dynamic";

export const generateMetadata = frameMetadata;
export const viewport = frameViewport;

export default function DocumentsLayout({ children }: { children: ReactNode }) {
  return <Frame>{children}</Frame>;
}
