// "Move to ...": who could do a visit instead, the cheapest first, with what it would mean. By keyboard alone.
const byId = id => document.getElementById(id);
const el = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
let now = null, asked = 0;

export function openMove(visit, tools) {
  now = { visit, tools };
  const at = visit.legs[0]?.[1] ?? visit.window[1];
  byId("move-title").textContent = `${visit.legs.length ? "Move" : "Place"} the visit to ${tools.client(visit).name}`;
  byId("move-at").value = tools.clock(at);
  byId("move-who").hidden = visit.legs.length < 2;
  document.querySelector("[name=move-who][value='']").checked = true;
  byId("move").showModal();
  find("");
}

const MOST = 12;  // carers whose price the server works out (RANKED)
const second = () => !byId("move-who").hidden && document.querySelector("[name=move-who]:checked").value === "second";

async function find(start, focus = true) {
  const { visit, tools } = now, mine = ++asked;
  Object.assign(now, { start, typing: false });
  byId("move-told").textContent = "Trying every carer ...";
  byId("move-list").replaceChildren();
  const query = new URLSearchParams({ visit: visit.id, ...(start ? { start } : {}), ...(second() ? { second: "true" } : {}) });
  const answer = await tools.ask("GET", `/candidates?${query}`);
  if (mine !== asked || !byId("move").open) return;  // a late answer, about another visit or another time
  if (answer.status !== 200) { byId("move-told").textContent = answer.content.detail; return; }
  const found = answer.content;
  const asRole = visit.carers === 1 ? "" : !visit.legs.length ? " together" : second() ? " as the second carer" : " as the leading carer";
  const could = found.filter(one => one.verdict.light !== "red").length;
  const tried = found.length < MOST ? "" : `Of the ${MOST} tried first (known faces, then the nearest start) `;  // more may be free
  byId("move-told").textContent = found.length ? `${tried}${could} could come${asRole}:` : `Nobody${visit.legs.length ? " else" : ""} could come${start ? " then" : ""} without breaking a rule. \u201cWhy?\u201d says what stands in the way.`;
  byId("move-list").replaceChildren(...found.map(one => line(one)));
  if (focus && !now.typing) byId("move-list").querySelector("button")?.focus();
}

function line(one) {
  const { visit, tools } = now, row = el("li"), words = el("span"), known = one.known ? `has come ${one.known} times` : "a new face";
  const name = visit.legs.length || one.names.length < 2 ? one.name : one.names.join(" and ");
  words.append(el("span", "", { className: `dot ${one.verdict.light}`, role: "img", ariaLabel: one.verdict.light }), el("b", name), ` at ${one.start.slice(11)}, ${one.minutes} min; ${known}. ${tools.told(one.verdict)}`);
  const choose = async () => {
    byId("move").close();
    await tools.edit({ kind: "place", visit: visit.id, carers: one.carers, start: one.start });
    tools.close();
  };
  row.append(words, el("button", "Choose", { type: "button", ariaLabel: `Choose ${name} at ${one.start.slice(11)}`, onclick: choose }));
  return row;
}

byId("move-time").addEventListener("submit", event => {
  event.preventDefault();
  const [hour, minute] = byId("move-at").value.split(":").map(Number);
  find(now.tools.localTime(now.visit.day * 1440 + hour * 60 + minute));
});
// Who is busy in the field of the time keeps it when the list arrives: their Enter would choose its first carer.
for (const sign of ["pointerdown", "keydown", "input"]) byId("move-at").addEventListener(sign, () => { now.typing = true; });
for (const radio of document.querySelectorAll("[name=move-who]")) radio.addEventListener("change", () => find(now.start, false));
byId("move-any").addEventListener("click", () => find(""));
byId("move-close").addEventListener("click", () => byId("move").close());
