// The rota board: carers by time, with the same in a table, on a map and in a list of what is left over.
// All text goes onto the page as text, never as HTML. Times are minutes of the period; the timeline's clock is UTC.
import { openMove } from "./move.js";
import { makeMap } from "./map.js";

const byId = id => document.getElementById(id);
const root = byId("board");
const api = root.dataset.api, pages = root.dataset.pages, edits = root.dataset.edits === "yes";
const changed = new Set(JSON.parse(root.dataset.changed));
const csrf = document.querySelector("meta[name=csrf]").content;
const MINUTE = 60000, DAY = 1440, LOOK_EVERY = 4000, ALL_DIRECTIONS = 2 | 4 | 8 | 16;
const BACKGROUND = { "X-Background": "yes" }; // nobody did anything: the session may end as if it had not been asked
export const clock = minute => `${String(Math.floor(minute % DAY / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
export const pounds = pence => `${pence < 0 ? "-" : ""}£${(Math.abs(pence) / 100).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const el = (tag, text = "", more = {}, key = "") => {
  const made = Object.assign(document.createElement(tag), { textContent: text }, more);
  if (key) made.dataset.key = key;
  return made;
};

let data, etag = "", zero = 0, timeline, items, groups, chosen = null, map;
let held = null; // the bar that is being dragged, with its visit as it was: nothing is drawn anew under the pointer
let busy = 0; // own changes on their way
const day = () => byId("day").value === "all" ? null : Number(byId("day").value);
const toDate = minute => new Date(zero + minute * MINUTE);
const toMinute = date => Math.round((date.valueOf() - zero) / MINUTE);
const localTime = minute => toDate(minute).toISOString().slice(0, 16);
const visitOf = id => data.visits.find(visit => visit.id === id);
const client = visit => data.clients[visit.client];

// -- talking with the server ------------------------------------------------------------------------------------------

const AWAY = "No connection to the desk; the board may be old.";
const UNSURE = "The desk did not answer: it may have been saved all the same. Look at the board before you do it again.";
const OTHERS = "Somebody else changed this visit meanwhile; the board shows how it is now.";
let away = false, unsure = false, sumsOld = false;

async function ask(method, path, body, headers = {}) {
  const look = "X-Background" in headers;
  let answer, content = null;
  try {
    answer = await fetch(api + path, {
      method, headers: { ...(method === "GET" ? {} : { "X-CSRF-Token": csrf }), ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
      body: body ? JSON.stringify(body) : undefined, signal: AbortSignal.timeout(look ? 15_000 : 60_000),
    });
    if (answer.status !== 204 && answer.status !== 304) content = await answer.json();
  } catch { // the network or the server is away, or somebody in between answered, or the answer broke off
    const saves = method !== "GET" && path !== "/verdict", detail = saves ? UNSURE : answer && !answer.ok ? `The desk answered ${answer.status}.` : AWAY;
    unsure ||= saves;
    if (!look) { say(detail, "red"); away = true; } // (a look tells it once: `connection`)
    return { status: 0, content: { detail }, etag: null };
  }
  if (answer.status === 401) location.assign("/sign-in?next=" + encodeURIComponent(location.pathname + location.search));
  if (content?.anew) location.reload(); // of another session: signed in again since
  return { status: answer.status, content, etag: answer.headers.get("ETag") };
}

// What a look tells of the connection: that it is gone, or that the rota is, and that it is back; each once.
function connection(status) {
  const answers = status === 200 || status === 304;
  if (!answers && !away) say(status === 404 ? "This rota is not there any more." : AWAY, "red");
  if (answers && (away || unsure)) say("The desk answers again; the board shows how the rota is now.");
  if (status === 304) unsure = false;
  away = !answers;
}

// The first load has no headers of its own, so that it is answered by what the page has asked for already.
async function load(look = false) {
  const known = etag;
  const answer = await ask("GET", "/board", null, { ...(etag ? { "If-None-Match": etag } : {}), ...(look ? BACKGROUND : {}) });
  if (look) connection(answer.status);
  if (answer.status !== 200) return false;
  if (look && (busy || etag !== known)) return false; // one's own change is, or was, faster, and is nobody else's
  if (data && answer.content.rota.version < data.rota.version) return false; // asked earlier, answered later
  if (data && answer.content.rota.state !== data.rota.state) { location.reload(); return false; } // published meanwhile
  const news = data !== undefined && !unsure;
  unsure = false;
  data = answer.content;
  etag = answer.etag;
  zero = Date.parse(data.rota.start + "T00:00:00Z");
  draw();
  sums(look);
  return news;
}

async function sums(look) {
  const mine = etag, answer = await ask("GET", "/check?level=hard", null, look ? BACKGROUND : {});
  if (mine !== etag) return; // of a rota that has changed since
  sumsOld = answer.status !== 200;
  if (sumsOld) return;
  const found = answer.content;
  byId("sum-price").textContent = pounds(found.pence);
  byId("sum-unallocated").textContent = found.unallocated;
  byId("sum-hard").textContent = found.hard;
}

function say(text, light = "") {
  byId("verdict").textContent = text;
  byId("verdict").className = `light ${light}`;
}

const told = verdict => verdict.light === "red" ? verdict.sentence
  : [verdict.pence ? verdict.sentence : "Costs nothing more", ...verdict.reasons.slice(0, 3).map(one => `${one.rule} ${pounds(one.pence)}`)].join("; ") + ".";
const wishOf = (visit, carers, start) => ({ kind: "place", visit: visit.id, carers, start: localTime(start) });
const verdictOf = wish => ask("POST", "/verdict", wish);

let turn = Promise.resolve(), last = "";

/** Send an edit after those before it; the same once more while it is on its way was a button pressed twice. */
export function edit(wish) {
  const key = JSON.stringify(wish);
  if (busy && key === last) return turn;
  last = key;
  busy++;
  turn = turn.catch(() => false).then(() => land(wish)).finally(() => { busy--; });
  return turn;
}

// Where somebody else was faster, look again, and try once more if this visit is still as it was.
async function land(wish, again = true) {
  const before = { legs: legsOf(wish.visit), etag };
  const answer = await ask("POST", "/edits", wish, { "If-Match": etag });
  if (answer.status === 412) {
    await load();
    if (again && before.legs === legsOf(wish.visit)) return land(wish, false);
    say(OTHERS, "amber");
    return false;
  }
  if (answer.status !== 201) { say(answer.content.detail, "red"); return false; }
  await load();
  unsure ||= etag === before.etag; // it could not be loaded: what the next look brings is one's own
  const pence = answer.content.pence;
  say(answer.content.sentence + (pence ? ` ${pounds(Math.abs(pence))} ${pence > 0 ? "more" : "less"}.` : ""), pence > 0 ? "amber" : "green");
  return true;
}

// -- drawing ----------------------------------------------------------------------------------------------------------

function shown(visit) {
  const find = byId("find").value.trim().toLowerCase(), area = byId("area").value, skill = byId("skill").value, run = byId("run").value;
  const names = [client(visit).name, ...visit.legs.map(leg => data.carers[leg[0]].name)];
  return (!area || client(visit).area === area) && (!run || visit.runs.includes(run)) && (!skill || visit.skills.includes(skill))
    && (!find || names.some(name => name.toLowerCase().includes(find)));
}

const today = visit => day() === null || visit.day === day();
const marks = visit => [visit.carers === 2 ? "two carers" : "", visit.critical ? "time-critical" : "", visit.locked ? "locked" : ""].filter(Boolean);

function classOf(visit) {
  return ["visit", visit.carers === 2 ? "double" : "", visit.critical ? "critical" : "", visit.locked ? "locked" : "", changed.has(visit.id) ? "changed" : "", shown(visit) ? "" : "dim"].filter(Boolean).join(" ");
}

function itemsNow() {
  const found = [], from = day() === null ? 0 : day() * DAY, to = day() === null ? data.rota.days * DAY : from + DAY;
  // A journey hangs at the bar of the visit that it leads away from, as long as it takes: half as many things to draw.
  const ways = new Map(day() === null ? [] : data.travel.map(([carer, start, minutes]) => [`${carer} ${start}`, minutes]));
  for (const visit of data.visits) if (today(visit)) visit.legs.forEach((leg, i) => found.push({
    id: `${visit.id}#${i}`, visit: visit.id, leg: i, group: leg[0], start: toDate(leg[1]), end: toDate(leg[1] + leg[2]), content: client(visit).name,
    className: classOf(visit), style: `--way: ${100 * (ways.get(`${leg[0]} ${leg[1] + leg[2]}`) ?? 0) / leg[2]}%`, editable: edits && !visit.locked ? { updateTime: true, updateGroup: true, remove: false } : false,
  }));
  data.shifts.forEach(([carer, start, end], i) => { if (end > from && start < to) found.push({ id: `s${i}`, group: carer, start: toDate(start), end: toDate(end), type: "background", className: "shift", content: "" }); });
  return found;
}

// The runs of a rota change with its visits: the choice that still exists stays chosen.
function drawRuns() {
  const select = byId("run"), chosenRun = select.value, runs = [...new Set(data.visits.flatMap(visit => visit.runs))].sort();
  if (runs.join() === select.dataset.runs) return;
  select.dataset.runs = runs.join();
  select.replaceChildren(el("option", "All", { value: "" }), ...runs.map(run => el("option", run, { value: run })));
  select.value = runs.includes(chosenRun) ? chosenRun : "";
}

function draw() {
  if (held || !data) return; // it is drawn when the bar is let go
  if (!timeline) makeTimeline();
  const focus = document.activeElement, key = focus?.dataset?.key;
  drawRuns();
  fill(itemsNow());
  drawLeft();
  drawTable();
  map.draw(data, day(), chosen);
  if (chosen && visitOf(chosen)) showOne();
  // Whoever works by keyboard stays where they were: at the button that has taken the old one's place.
  if (key && !focus.isConnected) document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  if (byId("undo")) byId("undo").disabled = data.rota.version < 2;
}

// vis measures every new bar by itself, and for each the browser lays out the whole board: seconds for a branch. So bars are put in
// while they are out of sight, where there is nothing to lay out, and measured together afterwards.
function fill(found) {
  const { frame } = timeline.itemSet.dom;
  frame.style.display = "none";
  items.clear();
  items.add(found);
  frame.style.display = "";
  const bars = Object.values(timeline.itemSet.items).filter(bar => bar.displayed);
  for (const bar of bars) bar.dirty = true;
  const steps = bars.map(bar => bar.redraw(true)); // of each bar: what writes and what reads, in turn
  for (let i = 0; steps.some(own => i < own.length); i++) for (const own of steps) own[i]?.();
}

function makeTimeline() {
  items = new vis.DataSet();
  groups = new vis.DataSet(data.carers.map((carer, i) => ({ id: i, order: i, carer })));
  const label = group => {
    const box = el("div");
    box.append(el("a", group.carer.name, { href: `${pages}/carers/${encodeURIComponent(group.carer.id)}` }), " ", el("span", group.carer.mode, { className: "mode" }));
    return box;
  };
  const text = item => el("span", item.content);
  timeline = new vis.Timeline(byId("timeline"), items, groups, {
    moment: date => window.moment(date).utc(), stack: false, orientation: "top", height: "100%", verticalScroll: true, zoomKey: "ctrlKey",
    horizontalScroll: false, groupTemplate: label, template: text, groupOrder: "order", dataAttributes: ["visit"], margin: { item: 2, axis: 2 },
    editable: { updateTime: edits, updateGroup: edits, overrideItems: false }, snap: date => new Date(Math.round(date / (5 * MINUTE)) * 5 * MINUTE),
    // (With a finger one scrolls: there a bar is chosen first, then dragged.)
    itemsAlwaysDraggable: edits && !matchMedia("(any-pointer: coarse)").matches, showCurrentTime: false, onMoving: moving, onMove: moved, zoomMin: 30 * MINUTE, ...windowOf(),
  });
  // vis asks its gesture library for a direction "ALL" that it does not have: a visit could not be dragged straight up.
  timeline.itemSet.hammer.get("pan").set({ threshold: 5, direction: ALL_DIRECTIONS });
  // vis does not hear that a drag was cancelled (a second finger, a palm): the bar would stay where it was let go.
  timeline.itemSet.hammer.on("pancancel", () => {
    Object.assign(timeline.itemSet.touchParams, { itemIsDragging: false, itemProps: null });
    held = asked = next = null;
    draw();
  });
  timeline.on("select", event => event.items[0] && choose(items.get(event.items[0])?.visit));
  timeline.on("click", event => { if (event.what === "group-label" && event.group !== null) map.carer(event.group); });
}

function windowOf() {
  if (day() === null) return { min: toDate(0), max: toDate(data.rota.days * DAY), start: toDate(0), end: toDate(data.rota.days * DAY) };
  const from = day() * DAY;
  // On a telephone six hours at a time: of a whole day there would be no room for a single hour's number.
  const to = matchMedia("(max-width: 40rem)").matches ? 390 + 360 : 1350;
  return { min: toDate(from), max: toDate(from + DAY), start: toDate(from + 390), end: toDate(from + to) };
}

function drawLeft() {
  const left = data.visits.filter(visit => !visit.legs.length);
  byId("left-count").textContent = `(${left.length})`;
  byId("left").replaceChildren(...left.map(visit => {
    const line = el("li"), reasons = data.reasons[visit.id] ?? [];
    line.append(el("button", `${dayName(visit.day)} ${clock(visit.window[1])} ${client(visit).name}`, { className: "link", type: "button", onclick: () => choose(visit.id) }, `left name ${visit.id}`),
      el("span", `, ${visit.minutes} min${visit.carers === 2 ? ", two carers" : ""}. `), el("span", reasons.slice(0, 2).join(" "), { className: "soft" }));
    if (edits) line.append(" ", moveButton(visit, "left", "Place ..."));
    return line;
  }));
}

const dayName = number => [...byId("day").options].find(option => option.value === String(number))?.textContent.slice(0, 6) ?? "";
const moveButton = (visit, place, text = visit.legs.length ? "Move to ..." : "Place ...") => el("button", text, { type: "button", ariaLabel: `${text}: the visit to ${client(visit).name} at ${clock(visit.legs[0]?.[1] ?? visit.window[1])}`, onclick: () => openMove(visit, tools) }, `${place} move ${visit.id}`);

function drawTable() {
  if (byId("table-view").hidden) return;
  const rows = data.visits.filter(visit => today(visit) && shown(visit)).map(visit => ({ visit, at: visit.legs[0]?.[1] ?? visit.window[1] })).sort((a, b) => a.at - b.at);
  byId("rows").replaceChildren(...rows.map(({ visit, at }) => {
    const row = el("tr", "", { className: visit.id === chosen ? "chosen" : "" }, `row ${visit.id}`), name = el("td"), move = el("td");
    name.append(el("button", client(visit).name, { className: "link", type: "button", onclick: () => choose(visit.id) }, `table name ${visit.id}`));
    if (edits && !visit.locked) move.append(moveButton(visit, "table"));
    row.append(el("td", `${dayName(visit.day)} ${clock(at)}`), name, el("td", visit.legs.map(leg => data.carers[leg[0]].name).join(" and ") || "nobody"),
      el("td", String(visit.legs[0]?.[2] ?? visit.minutes)), el("td", `${clock(visit.window[0])}-${clock(visit.window[2])}`), el("td", marks(visit).join(", ")), move);
    return row;
  }));
}

// -- choosing ---------------------------------------------------------------------------------------------------------

function choose(id) {
  if (!id || !visitOf(id)) return;
  chosen = id;
  const visit = visitOf(id);
  if (visit.legs.length && today(visit)) timeline.setSelection(visit.legs.map((_, i) => `${id}#${i}`).filter(item => items.get(item)));
  showOne();
  for (const row of byId("rows").children) row.classList.toggle("chosen", row.dataset.key === `row ${id}`);
  map.draw(data, day(), chosen);
}

let shownVisit = "";
function showOne() {
  const visit = visitOf(chosen), now = JSON.stringify(visit);
  if (now === shownVisit) return; // what somebody reads there stays
  shownVisit = now;
  const box = byId("one"), list = el("dl", "", { className: "pairs" });
  const pair = (name, value) => list.append(el("dt", name), typeof value === "string" ? el("dd", value) : value);
  const link = el("dd");
  link.append(el("a", client(visit).name, { href: `${pages}/clients/${encodeURIComponent(client(visit).id)}` }));
  pair("Client", link);
  pair("When", visit.legs.length ? `${dayName(visit.day)} ${clock(visit.legs[0][1])}, ${visit.legs[0][2]} min` : `${dayName(visit.day)}, nobody is planned`);
  pair("May start", `${clock(visit.window[0])}-${clock(visit.window[2])}, best ${clock(visit.window[1])}`);
  pair("Carers", visit.legs.map(leg => data.carers[leg[0]].name).join(" and ") || "nobody");
  if (visit.skills.length) pair("Needs", visit.skills.join(", "));
  if (marks(visit).length) pair("Marks", marks(visit).join(", "));
  const buttons = el("p");
  const button = (text, onclick, what = text) => buttons.append(el("button", text, { type: "button", onclick }, `one ${what}`), " ");
  if (edits && !visit.locked) buttons.append(moveButton(visit, "one"), " ");
  if (edits && visit.legs.length) button(visit.locked ? "Unlock" : "Lock", () => edit({ kind: visit.locked ? "unlock" : "lock", visit: visit.id }), "lock");
  if (edits && visit.legs.length && !visit.locked) button("Take away", () => edit({ kind: "unassign", visit: visit.id }));
  button("Why?", async () => {
    const answer = await ask("GET", `/explanations?visit=${encodeURIComponent(visit.id)}`);
    if (answer.status !== 200) return say(answer.content.detail, "red");
    if (chosen !== visit.id) return; // another was chosen meanwhile
    const story = answer.content[0], why = el("ul");
    why.append(...story.sentences.map(sentence => el("li", sentence)));
    const more = el("details"), carers = el("ul");
    carers.append(...Object.values(story.carers).map(sentence => el("li", sentence)));
    more.append(el("summary", "The other carers"), carers);
    box.querySelector(".why")?.remove();
    const all = el("div", "", { className: "why" });
    all.append(why, more);
    box.append(all);
  });
  box.replaceChildren(list, buttons);
}

// -- dragging ---------------------------------------------------------------------------------------------------------

const LIGHTS = ["is-green", "is-amber", "is-red"];
let asked = null, waiting = false, next = null;

// vis drags all that is chosen: of a double-up both bars, of which one is in the hand.
const inHand = item => timeline.itemSet.touchParams.selectedItem?.id === item.id;
const legsOf = id => JSON.stringify(visitOf(id).legs);

function wishOfItem(item) {
  const visit = visitOf(item.visit), carers = visit.legs.map(leg => data.carers[leg[0]].id);
  carers[item.leg] = data.carers[item.group].id;
  return wishOf(visit, carers, toMinute(item.start));
}

// While it is dragged, the check is asked about the place under the pointer: one question at a time, the newest next.
async function judge(item) {
  const wish = wishOfItem(item), key = JSON.stringify(wish);
  if (key === asked?.key) return asked;
  if (new Set(wish.carers).size < wish.carers.length) return { key, light: "red", text: "One carer cannot be both of two." };
  const answer = await verdictOf(wish);
  asked = answer.status === 200 ? { key, light: answer.content.light, text: told(answer.content) } : { key, light: "red", text: answer.content.detail };
  return asked;
}

function moving(item, callback) {
  if (!inHand(item)) return callback(null);
  if (held?.id !== item.id) held = { id: item.id, legs: legsOf(item.visit) };
  const was = visitOf(item.visit).legs[item.leg];
  if (!was) return callback(null); // somebody has taken it away; that is told when it is let go
  item.end = new Date(item.start.valueOf() + was[2] * MINUTE); // a visit is moved, never stretched
  item.className = `${classOf(visitOf(item.visit))} ${asked ? `is-${asked.light}` : ""}`;
  callback(item);
  next = { id: item.id, visit: item.visit, leg: item.leg, group: item.group, start: item.start };
  if (!waiting) look();
}

async function look() {
  waiting = true;
  try {
    while (next) {
      const item = next;
      next = null;
      const found = await judge(item);
      if (held?.id !== item.id) continue; // it was let go meanwhile, and that has told its own
      say(found.text, found.light);
      // By hand: an update of the timeline's data would put the bar back to where it was before.
      for (const bar of document.querySelectorAll(`.vis-item[data-visit="${CSS.escape(item.visit)}"]`)) {
        bar.classList.remove(...LIGHTS);
        bar.classList.add(`is-${found.light}`);
      }
    }
  } finally { waiting = false; }
}

async function moved(item, callback) {
  const mine = held?.id === item.id ? held : null, was = visitOf(item.visit).legs[item.leg];
  const letGo = () => { callback(null); if (held === mine) held = null; draw(); }; // drawn anew from what the server has
  if (!inHand(item) || !mine) return callback(null);
  next = asked = null;
  if (was && item.group === was[0] && toMinute(item.start) === was[1]) return letGo(); // put back
  const same = () => legsOf(item.visit) === mine.legs;
  let found = same() ? await judge(item) : null;
  if (!same()) found = { light: "red", text: OTHERS };
  asked = null;
  say(found.text, found.light);
  const wish = found.light === "red" ? null : wishOfItem(item);
  letGo();
  if (wish) await edit(wish);
}

// -- everything around ------------------------------------------------------------------------------------------------

const tools = { ask, edit, say, told, wishOf, localTime, pounds, clock, client: visit => client(visit), carer: i => data.carers[i], toMinute: text => Math.round((Date.parse(text + "Z") - zero) / MINUTE), close: () => { choose(chosen); if (document.activeElement === document.body) document.querySelector("#one button")?.focus(); } };

// What is shown is remembered while the tab is open, so that the way back from a client's page leads to the same day. (No names.)
const FILTERS = ["day", "area", "skill", "run"], MEMORY = `board ${api}`;
const remember = () => sessionStorage.setItem(MEMORY, JSON.stringify(FILTERS.map(id => byId(id).value)));
function recall() {
  const kept = changed.size ? [] : JSON.parse(sessionStorage.getItem(MEMORY) ?? "[]"); // (a proposal opens where it changes something)
  kept.forEach((value, i) => { if ([...byId(FILTERS[i]).options].some(option => option.value === value)) byId(FILTERS[i]).value = value; });
}

for (const id of ["area", "run", "skill"]) byId(id).addEventListener("input", () => { remember(); draw(); });
let typing = 0;
byId("find").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(draw, 150); });
byId("day").addEventListener("change", () => { remember(); timeline?.setOptions(windowOf()); draw(); });
byId("filters").addEventListener("submit", event => event.preventDefault());
function showView() {
  byId("time-view").hidden = document.querySelector("[name=view]:checked").value === "table";
  byId("table-view").hidden = !byId("time-view").hidden;
  draw();
  if (!byId("time-view").hidden) timeline?.redraw(); // hidden it has no width to draw in
}
for (const radio of document.querySelectorAll("[name=view]")) radio.addEventListener("change", showView);
let undoing = false;
byId("undo")?.addEventListener("click", async () => {
  if (undoing) return; // pressed twice
  undoing = true;
  busy++;
  last = ""; // the same change again is another one now
  await turn.catch(() => false); // of what is on its way the last is meant
  try {
    const seen = { "If-Match": etag }; // what is taken back is what was asked about, or nothing
    let answer = await ask("POST", "/undo", null, seen);
    if (answer.status === 409 && answer.content.by && confirm(`${answer.content.detail}\n\nTake it back all the same?`))
      answer = await ask("POST", "/undo?anybodys=true", null, seen);
    if (answer.status === 201 || answer.status === 412) await load();
    if (answer.status === 201) say(answer.content.sentence, "green"); else say(answer.content.detail, "red");
  } finally { busy--; undoing = false; }
});

map = makeMap(byId("map"), choose);
recall();
await load();
recall(); // (the runs are known only now)
if (byId("run").value) draw();
if (matchMedia("(max-width: 40rem)").matches) { // a board needs room
  document.querySelector("[name=view][value=table]").checked = true;
  showView();
}
root.dataset.ready = "yes";
async function lookForNews() {
  try {
    if (document.hidden || held || busy) return;
    if (await load(true)) say("Somebody else changed the rota; this is how it is now.");
    else if (sumsOld) await sums(true);
  } finally { setTimeout(lookForNews, LOOK_EVERY); }
}
setTimeout(lookForNews, LOOK_EVERY);
// Only now: nobody waits for streets, and a desk without them says why.
const { status, content } = await ask("GET", "/streets", null, BACKGROUND);
if (status === 200) {
  if (content.main.length + content.small.length) map.streets(content);
  byId("map-told").textContent = content.told;
} else byId("map-told").textContent = `No streets are drawn: ${content.detail} Load the page again to try once more.`;
