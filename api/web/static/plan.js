// The progress of a plan, live. Without this script the page still shows how far it is.
import { refused, watch } from "./watch.js";

const byId = id => document.getElementById(id);
const pounds = pence => `${pence < 0 ? "-" : ""}£${(Math.abs(pence) / 100).toLocaleString("en-GB", { minimumFractionDigits: 2 })}`;
const STATES = { queued: "waiting for its turn", running: "running", done: "done", stopped: "stopped", failed: "failed", interrupted: "interrupted" };
const root = byId("plan");

function show(plan) {
  byId("state").textContent = plan.stop_asked && plan.state === "running" ? "stopping" : STATES[plan.state] + (plan.state === "stopped" && plan.rota ? ", best kept" : "");
  byId("stage").textContent = plan.state === "running" ? plan.stage : "";
  byId("told").textContent = plan.told;
  const last = plan.points.at(-1);
  if (last) {
    byId("share").value = last.share;
    byId("price").textContent = pounds(last.pence);
    byId("unallocated").textContent = last.unallocated;
    byId("seconds").textContent = last.seconds.toFixed(0);
    draw(plan.points);
  }
}

// The first seconds fall by so much that nothing else could be seen: the scale is the logarithm of the price.
function draw(points) {
  const price = points.map(point => Math.log(Math.max(1, point.pence)));
  const low = Math.min(...price), high = Math.max(...price, low + 0.01), end = Math.max(1, points.at(-1).seconds);
  const at = (point, i) => `${(10 + 580 * point.seconds / end).toFixed(1)},${(150 - 140 * (price[i] - low) / (high - low)).toFixed(1)}`;
  document.querySelector("#curve polyline").setAttribute("points", points.map(at).join(" "));
}

function over(plan) {
  show(plan);
  if (plan.state !== "failed" && plan.state !== "interrupted") byId("share").value = 1;
  byId("stop")?.remove();
  if (plan.rota && !byId("open").firstElementChild) {
    const links = [["", "Open the rota"], ...(root.dataset.compare ? [["/compare", "Compare and take changes"]] : [])];
    for (const [path, text] of links)
      byId("open").append(Object.assign(document.createElement("a"), { className: "button", href: root.dataset.rotas + plan.rota + path, textContent: text }), " ");
  }
}

watch(root.dataset.events, { progress: show, over, gone: () => location.reload() });

// (Asked of the API, since a page that refuses leads on to another one, as if all were well.)
byId("stop")?.addEventListener("submit", async event => {
  event.preventDefault();
  const form = event.target, button = form.querySelector("button");
  form.querySelector("[role=alert]")?.remove();
  button.disabled = true;
  const answer = await fetch(root.dataset.events.replace(/events$/, "stop"), { method: "POST", body: new FormData(form) }).catch(() => null);
  if (answer?.ok) return;
  if (refused(answer)) return location.reload();
  button.disabled = false;
  form.append(Object.assign(document.createElement("p"), { className: "bad", role: "alert", textContent: "It could not be stopped: try once more." }));
});
