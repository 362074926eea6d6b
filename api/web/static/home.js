// A plan that runs is told on the agency's page while it does; when it is over, its rota is in the list.
const box = document.getElementById("running");
const events = new EventSource(box.dataset.events);
events.addEventListener("progress", event => {
  const plan = JSON.parse(event.data), last = plan.points.at(-1);
  if (plan.stage) document.getElementById("stage").textContent = plan.stage;
  if (last) document.getElementById("share").value = last.share;
});
events.addEventListener("over", () => { events.close(); location.reload(); });
