// One person in the admin's list, with what can be done: roles, log-ins, suspension. Each a plain form; what is grave stands behind one more
// click, and asks for the password when it was not asked for lately.
import type { ReactNode } from "react";
import { type FormAction, Sheet } from "@/components/account/sheet";
import { ConfirmField } from "@/components/account/text-field";
import { Day } from "@/components/ui/day";
import { type Role, roles } from "@/lib/domain/actor";
import type { FormState } from "@/lib/ui/form-state";
import { countOf, roleLabels } from "@/lib/ui/labels";

type Act = "roles" | "suspend" | "sessions";

export interface ListedPerson {
  id: number;
  handle: string;
  displayName: string;
  roles: readonly Role[];
  createdAt: Date;
  suspendedAt: Date | null;
  canLogIn: boolean;
  sessions: number;
  may: { setRoles: boolean; suspend: boolean; endSessions: boolean };
}

interface PersonRowProps {
  person: ListedPerson;
  /** The list as it is searched, to come back to. */
  back: string;
  actions: Record<Act, FormAction>;
  /** What the last try left, when it was about this person. */
  states: Partial<Record<Act, FormState>>;
  /** What was just done to this person. */
  news?: string;
}

function PersonForm(props: {
  of: PersonRowProps;
  act: Act;
  label: string;
  button: string;
  danger?: boolean;
  children?: ReactNode;
}) {
  const { of, act, label, button, danger, children } = props;
  const state = of.states[act];
  return (
    <Sheet
      label={`${label}: ${of.person.handle}`}
      action={of.actions[act]}
      state={state}
      button={button}
      danger={danger}
    >
      <input type="hidden" name="id" defaultValue={of.person.id} />
      <input type="hidden" name="back" defaultValue={of.back} />
      {children}
      <ConfirmField state={state} id={`confirm-${act}-${of.person.id}`} />
    </Sheet>
  );
}

function Facts({ person }: { person: ListedPerson }) {
  return (
    <p className="house">
      <a href={`/people/${person.handle}`}>@{person.handle}</a>, since <Day date={person.createdAt} />
      {person.canLogIn ? `, ${countOf(person.sessions, "browser")} logged in` : ", cannot log in"}
      {person.suspendedAt && (
        <>
          , <strong>suspended</strong> on <Day date={person.suspendedAt} />
        </>
      )}
    </p>
  );
}

function RolesForm({ of }: { of: PersonRowProps }) {
  const chosen = of.states.roles?.values;
  return (
    <PersonForm of={of} act="roles" label="Roles" button="Save the roles">
      <fieldset>
        <legend className="visually-hidden">Roles</legend>
        <div className="choices">
          {roles.map((role) => (
            <label key={role} className="choice">
              <input
                type="checkbox"
                name={role}
                value="1"
                defaultChecked={chosen ? role in chosen : of.person.roles.includes(role)}
              />
              {roleLabels[role]}
            </label>
          ))}
        </div>
      </fieldset>
    </PersonForm>
  );
}

export function PersonRow(props: PersonRowProps) {
  const { person, states, news } = props;
  const { may } = person;
  const suspended = person.suspendedAt !== null;
  return (
    <li id={`person-${person.id}`}>
      <p className="row-name">
        <bdi>{person.displayName}</bdi>
        {person.roles.length > 0 && (
          <span className="row-roles"> {person.roles.map((role) => roleLabels[role]).join(", ")}</span>
        )}
      </p>
      <Facts person={person} />
      {news && (
        <p className="house-note" role="status">
          {news}
        </p>
      )}
      {may.setRoles && (
        <details open={states.roles !== undefined}>
          <summary>Roles</summary>
          <RolesForm of={props} />
        </details>
      )}
      {may.endSessions && person.sessions > 0 && (
        <details open={states.sessions !== undefined}>
          <summary>Log out everywhere</summary>
          <PersonForm of={props} act="sessions" label="Log out everywhere" button="Log them out" danger />
        </details>
      )}
      {may.suspend && (
        <details open={states.suspend !== undefined}>
          <summary>{suspended ? "Let in again" : "Suspend"}</summary>
          <PersonForm
            of={props}
            act="suspend"
            label={suspended ? "Let in again" : "Suspend"}
            button={suspended ? "Let in again" : "Suspend"}
            danger={!suspended}
          >
            {!suspended && (
              <p>
                They are logged out everywhere and cannot log in until you let them in again. What they wrote stays.
              </p>
            )}
            <input type="hidden" name="suspended" defaultValue={suspended ? "no" : "yes"} />
          </PersonForm>
        </details>
      )}
    </li>
  );
}
