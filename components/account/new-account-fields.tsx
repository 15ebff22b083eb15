// What becoming somebody here asks for; the same for members and for the first admin.
import { PasswordField, TextField } from "@/components/account/text-field";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";

const { handle, password } = limits;

export function NewAccountFields({ state, staff = false }: { state?: FormState; staff?: boolean }) {
  const least = staff ? password.staffMin : password.min;
  return (
    <>
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="email"
        state={state}
        help="For confirming that it is you, and for a forgotten password. Nobody else sees it."
      />
      <TextField
        name="displayName"
        label="Name"
        dir="auto"
        autoComplete="name"
        state={state}
        help="Stands at what you write. Any name you like that is not somebody else’s here."
      />
      <TextField
        name="handle"
        label="User name"
        autoComplete="username"
        state={state}
        help={`For logging in, and for the address of your page. ${handle.min} to ${handle.max} small letters, digits and “_”.`}
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        state={state}
        help={`At least ${least} characters; anything goes, spaces too. A few words that only you would put together make a good one.`}
      />
    </>
  );
}
