// The ways in through other services: a button for each that is switched on. Plain forms, which lead there and back.

interface ProviderButtonsProps {
  providers: readonly { id: string; name: string }[];
  /** Where to go afterwards. */
  returnTo: string;
  /** What the buttons say before the service's name. */
  verb: "Log in with" | "Sign up with" | "Link";
}

export function ProviderButtons({ providers, returnTo, verb }: ProviderButtonsProps) {
  if (providers.length === 0) return null;
  return (
    <div className="buttons">
      {providers.map(({ id, name }) => (
        <form key={id} method="post" action={`/api/auth/signin/${id}`}>
          <input type="hidden" name="callbackUrl" defaultValue={returnTo} />
          {verb === "Link" && <input type="hidden" name="intent" defaultValue="link" />}
          <button type="submit">
            {verb} {name}
          </button>
        </form>
      ))}
    </div>
  );
}
