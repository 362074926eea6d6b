// "Move to ...": who could do a visit instead, the cheapest first, with what it would mean. By keyboard alone.
const byId = id => document.getElementById(id);
const el = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
let now = null;

export function openMove(visit, tools) {
  now = { visit, tools };
  const at = visit.legs[0]?.[1] ?? visit.window[1];
  byId("move-title").textContent = `${visit.legs.length ? "Move" : "Place"} the visit to ${tools.client(visit).name}`;
  byId("move-at").value = tools.clock(at);
  byId("move").showModal();
  find("");
}

async function find(start) {
  const { visit, tools } = now;
  byId("move-told").textContent = "Trying every carer ...";
  byId("move-list").replaceChildren();
  const query = new URLSearchParams({ visit: visit.id, ...(start ? { start } : {}) });
  const answer = await tools.ask("GET", `/candidates?${query}`);
  if (answer.status !== 200) { byId("move-told").textContent = answer.content.detail; return; }
  const found = answer.content;
  byId("move-told").textContent = found.length ? `${found.length} could come${visit.carers === 2 ? " as the leading carer" : ""}:` : `Nobody else could come${start ? " then" : ""} without breaking a rule. \u201cWhy?\u201d says what stands in the way.`;
  byId("move-list").replaceChildren(...found.map(one => line(one)));
  byId("move-list").querySelector("button")?.focus();
}

function line(one) {
  const { visit, tools } = now, row = el("li"), words = el("span"), known = one.known ? `has come ${one.known} times` : "a new face";
  words.append(el("span", "", { className: `dot ${one.verdict.light}`, role: "img", ariaLabel: one.verdict.light }), el("b", one.name), ` at ${one.start.slice(11)}, ${one.minutes} min; ${known}. ${tools.told(one.verdict)}`);
  const others = visit.legs.slice(1).map(leg => tools.carer(leg[0]).id);
  const choose = async () => {
    byId("move").close();
    await tools.edit({ kind: "place", visit: visit.id, carers: [one.carer, ...others], start: one.start });
    tools.close();
  };
  row.append(words, el("button", "Choose", { type: "button", ariaLabel: `Choose ${one.name} at ${one.start.slice(11)}`, onclick: choose, disabled: visit.carers !== 1 + others.length }));
  return row;
}

byId("move-time").addEventListener("submit", event => {
  event.preventDefault();
  const [hour, minute] = byId("move-at").value.split(":").map(Number);
  find(now.tools.localTime(now.visit.day * 1440 + hour * 60 + minute));
});
byId("move-any").addEventListener("click", () => find(""));
byId("move-close").addEventListener("click", () => byId("move").close());
