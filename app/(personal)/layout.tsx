// The frame of pages made for one person: the same as everybody's, with who they are.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Frame, frameMetadata, frameViewport } from "@/app/frame";
import { can } from "@/lib/domain/permissions";
import { contextOf } from "@/lib/web/request";
// After the frame's own, whose rules it refines.
import "@/app/personal.css";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  return { ...(await frameMetadata()), robots: { index: false, follow: false } };
}
export const viewport = frameViewport;

export default async function PersonalLayout({ children }: { children: ReactNode }) {
  const { actor } = await contextOf();
  if (actor.kind !== "member") return <Frame>{children}</Frame>;
  const rooms = (["desk", "people"] as const).filter((room) =>
    can(actor, room === "desk" ? "desk.enter" : "people.read"),
  );
  return <Frame person={{ name: actor.displayName, rooms }}>{children}</Frame>;
}
