// Taking changes one by one: what goes only together is ticked together, and the check says what the ticked ones mean.
// Without this script the form works too; the server then says what is missing.
const form = document.getElementById("take"), line = document.getElementById("verdict");
const boxes = [...document.querySelectorAll("[name=visits]")];
const byVisit = new Map(boxes.map(box => [box.value, box]));
const needs = box => JSON.parse(box.dataset.needs);
const csrf = document.querySelector("meta[name=csrf]").content;
const pounds = pence => `£${(Math.abs(pence) / 100).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const WAIT = 250, LATER = 3000;
let timer, asked = 0;

function say(text, light = "") {
  line.textContent = text;
  line.className = `light ${light}`;
}

function follow(box) {
  if (box.checked) for (const id of needs(box)) { const other = byVisit.get(id); if (other) other.checked = true; }
  else for (const other of boxes) if (needs(other).includes(box.value)) other.checked = false;
}

async function judge() {
  const visits = boxes.filter(box => box.checked).map(box => box.value), mine = ++asked;
  document.getElementById("some").disabled = !visits.length;
  if (!visits.length) { say("Nothing is ticked yet."); return; }
  const many = `${visits.length} ticked`;
  say(`${many}: being checked ...`);
  const answer = await fetch(`${form.dataset.api}/take/verdict`, {
    method: "POST", headers: { "X-CSRF-Token": csrf, "Content-Type": "application/json" },
    body: JSON.stringify({ visits, into: form.elements.into.value, version: Number(form.elements.version.value) }),
  }).catch(() => null);
  const found = await answer?.json().catch(() => null);
  if (mine !== asked) return;
  if (!found) {  // no line, or a stranger's words between here and the desk
    say(`${many}: the desk did not answer. It is asked again.`, "red");
    later(LATER);
    return;
  }
  for (const box of boxes) box.closest("li").classList.toggle("missing", (found.missing ?? []).includes(box.value));
  if (answer.status !== 200) { say(found.detail, "red"); return; }
  if (found.light === "red") say(`${many}: ${found.sentence}${found.missing.length ? " The changes that are missing are marked." : ""}`, "red");
  else say(`${many}: ${found.pence ? `${pounds(found.pence)} ${found.pence > 0 ? "more" : "less"}` : "the same price"}, and no rule is broken by it.`, found.light);
}

// (What is under way is old then: it was asked about other ticks.)
function later(wait = WAIT) { asked++; clearTimeout(timer); timer = setTimeout(judge, wait); }

if (line) {
  for (const box of boxes) box.addEventListener("change", () => { follow(box); later(); });
  for (const [id, checked] of [["tick-all", true], ["tick-none", false]]) {
    const button = document.getElementById(id);
    button.hidden = false;
    button.addEventListener("click", () => { for (const box of boxes) box.checked = checked; later(); });
  }
  judge();
}
