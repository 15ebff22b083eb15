import "server-only";

// The page between our form and another service. A redirect would do, but browsers count it as part of sending the form, and our policy
// lets forms go nowhere but here (`form-action 'self'`); going on from a page is a step of its own, to wherever the service leads.

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Goes on by itself, with and without scripts; the link is for browsers that do not.
 * @param name of the service
 */
export function awayPage(address: string, name: string): Response {
  const [to, service] = [escaped(address), escaped(name)];
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${to}">
<title>On to ${service}</title>
<p><a href="${to}" rel="noreferrer">Go on to ${service}</a></p>
</html>
`;
  return new Response(html, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    },
  });
}
