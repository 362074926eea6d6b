// A plan that runs is told on the agency's page while it does; when it is over, its rota is in the list.
import { watch } from "./watch.js";

const box = document.getElementById("running"), byId = id => document.getElementById(id);
let touched = false;  // somebody is at a form: loading the page anew would empty it

for (const sign of ["focusin", "input"]) document.addEventListener(sign, event => { if (event.target.form) touched = true; });

function progress(plan) {
  const last = plan.points.at(-1);
  if (plan.stage) byId("stage").textContent = plan.stage;
  if (last) byId("share").value = last.share;
}

// (A form that was refused is answered at its own address, and loading that anew would send it again.)
const anew = () => location.replace(location.pathname.replace(/\/(plans|import)$/, ""));

function over() {
  if (!touched) return anew();
  const line = box.querySelector("p"), link = line.querySelector("a");
  link.textContent = "How it ended";
  line.replaceChildren(line.querySelector("b"), ": its planning is over. What you filled in below is still there. ", link);
  byId("share").remove();
}

watch(box.dataset.events, { progress, over, gone: anew });
