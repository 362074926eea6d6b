// How far a scenario run is, once a second; when it is over, the page shows its report. Without this script reloading
// shows the same.
const root = document.getElementById("study"), byId = id => document.getElementById(id);
const LOOK = 1000;

async function look() {
  // (Nobody did anything: the session may end as if it had not been asked.)
  const answer = await fetch(root.dataset.api, { headers: { "X-Background": "yes" } }).catch(() => null);
  // (Signed out, or not for this person any more: the page itself says so. Too many questions are asked again later.)
  if (answer?.status >= 400 && answer.status < 500 && answer.status !== 429) return location.reload();
  const found = answer?.ok && await answer.json().catch(() => null);
  if (found) {
    if (found.finished_at) return location.reload();
    if (found.state === "running") byId("state").textContent = found.stop_asked ? "Stopping." : "Running.";
    byId("stage").textContent = found.stage;
    byId("share").value = found.done;
  }
  setTimeout(look, LOOK);
}

setTimeout(look, LOOK);
