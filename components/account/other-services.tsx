// Logging in through other services: a button for each that is switched on.

interface OtherServicesProps {
  services: readonly { id: string; name: string }[];
  /** Where to go afterwards: a path of this site. */
  next: string;
}

export function OtherServices({ services, next }: OtherServicesProps) {
  if (services.length === 0) return null;
  return (
    <section className="other-services" aria-label="Other ways to log in">
      {services.map(({ id, name }) => (
        <form key={id} method="post" action={`/api/auth/signin/${id}`} aria-label={`Log in with ${name}`}>
          <input type="hidden" name="callbackUrl" defaultValue={next} />
          <button type="submit" className="quiet">
            Log in with {name}
          </button>
        </form>
      ))}
    </section>
  );
}
