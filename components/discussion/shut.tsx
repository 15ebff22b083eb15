// What stands where one would write, in a discussion that takes nothing new.
import { sentence } from "@/lib/ui/labels";

export function Shut({ locked }: { locked: boolean }) {
  return <p className="house-note">{sentence(locked ? "thread.locked" : "thread.closed")}</p>;
}
