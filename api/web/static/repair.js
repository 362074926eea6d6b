// The day's events: only the fields that a kind needs are shown and sent, and events can be added. While proposals are
// looked for, the page shows each as soon as it is there. Without this script one event can be entered, and reloading
// shows more.
const list = document.getElementById("events"), repair = document.getElementById("repair");
const LOOK = 700;

// A hidden field keeps what was typed: by keyboard one passes over other kinds on the way to the right one. (It is
// disabled, so that half a date in it does not stop the form without a word.)
function fit(event) {
  const kind = event.querySelector("[name=kind]"), wanted = kind.selectedOptions[0].dataset.fields.split(" ");
  for (const field of event.querySelectorAll("[data-field]"))
    field.hidden = field.querySelector("input, select").disabled = !wanted.includes(field.dataset.field);
}

// The desk wants all fields of every event: one that its kind has no use for is sent empty.
function emptyHidden() {
  for (const field of list.querySelectorAll("[data-field][hidden] :is(input, select)")) Object.assign(field, { value: "", disabled: false });
}

function watch(event) {
  event.querySelector("[name=kind]").addEventListener("change", () => fit(event));
  fit(event);
}

// Faults name an event by its number.
function count() {
  [...list.children].forEach((event, at) => {
    event.querySelector("legend").textContent = `Event ${at + 1}`;
    event.querySelector(".remove").hidden = list.children.length < 2;
  });
}

if (list) {
  const another = document.getElementById("another");
  for (const event of list.children) watch(event);
  count();
  list.closest("form").addEventListener("submit", emptyHidden);
  list.addEventListener("click", ({ target }) => {
    if (!target.matches(".remove")) return;
    target.closest(".event").remove();
    count();
    list.lastElementChild.querySelector("[name=kind]").focus();
  });
  another.hidden = false;
  another.addEventListener("click", () => {
    const copy = list.firstElementChild.cloneNode(true);
    for (const field of copy.querySelectorAll("[data-field] input, [data-field] select")) field.value = "";
    list.append(copy);
    watch(copy);
    count();
    copy.querySelector("[name=kind]").focus();
  });
}

async function look() {
  // (Nobody did anything: the session may end as if it had not been asked.)
  const answer = await fetch(repair.dataset.api, { headers: { "X-Background": "yes" } }).catch(() => null);
  // (Signed out, or not for this person any more: the page itself says so. Too many questions are asked again later.)
  if (answer?.status >= 400 && answer.status < 500 && answer.status !== 429) return location.reload();
  const found = answer?.ok && await answer.json().catch(() => null);
  if (found) {
    const searching = ["queued", "running"].includes(found.state);
    if (!searching || found.proposals.length > Number(repair.dataset.count)) return location.reload();
  }
  setTimeout(look, LOOK);
}

if (repair && repair.dataset.searching) setTimeout(look, LOOK);
