// A plan that runs, live: one stream of events from the server. Where the line breaks a browser asks for it again by
// itself, but never after an answer other than 200 (a desk that starts anew, too many questions): then it is asked
// again from here.
const LATER = 3000;

/** What to do while a plan runs: progress(plan), over(plan), and gone() where it is not for this person any more. */
export function watch(address, heard) {
  const events = new EventSource(address);
  events.addEventListener("progress", event => heard.progress(JSON.parse(event.data)));
  events.addEventListener("over", event => { events.close(); heard.over(JSON.parse(event.data)); });
  events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) setTimeout(again, LATER, address, heard); });
}

async function again(address, heard) {
  // (Nobody did anything: the session may end as if it had not been asked.)
  const answer = await fetch(address.replace(/\/events$/, ""), { headers: { "X-Background": "yes" } }).catch(() => null);
  if (answer?.ok) watch(address, heard);
  else if (refused(answer)) heard.gone();
  else setTimeout(again, LATER, address, heard);
}

/** Signed out, not allowed, or not there: the page itself says which. */
export const refused = answer => [401, 403, 404].includes(answer?.status);
