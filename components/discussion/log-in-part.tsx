// The other way to post: log in right there, and it stands under one's name. Where the page does not know that somebody is logged in,
// <comment-form> puts "Post as …" into the same room.
import { PasswordField, TextField } from "@/components/account/text-field";
import type { FormState } from "@/lib/ui/form-state";

export function LogInPart({ state }: { state?: FormState }) {
  return (
    <div className="member-way">
      <fieldset>
        <legend>Or under your name</legend>
        <div className="log-in-fields">
          <TextField name="identifier" label="User name or email" autoComplete="username" state={state} optional />
          <PasswordField name="password" label="Password" autoComplete="current-password" state={state} optional />
        </div>
        <p className="buttons">
          <button type="submit" name="intent" value="logIn" className="quiet">
            Log in and post
          </button>
          <a href="/forgot-password">Forgot password?</a>
          <a href="/sign-up">Sign up</a>
        </p>
      </fieldset>
    </div>
  );
}
