// Above the queue: rules that suddenly fitted too much and lost their power to refuse, so that what they held is no riddle.
import { Day } from "@/components/ui/day";

export function TamedRules({ rules }: { rules: readonly { id: number; tamedAt: Date }[] }) {
  return rules.map(({ id, tamedAt }) => (
    <p key={id} className="house-note">
      Rule {id} suddenly fitted very many comments on <Day date={tamedAt} exact /> and only holds them now. An admin can
      change it on the page <a href="/desk/site">Site</a>.
    </p>
  ));
}
