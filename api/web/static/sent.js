// On a slow network a button is clicked twice; its form is sent once. (The buttons stay as they are: a disabled one's
// name and value would not be sent.)
const LOST = 15_000;  // milliseconds after which the first may be taken for lost
let sent = new WeakMap();

// Here at the document every script of the form itself has already said whether it is sent at all.
document.addEventListener("submit", event => {
  const form = event.target, now = performance.now();
  if (event.defaultPrevented || form.method !== "post") return;
  if (now - sent.get(form) < LOST) event.preventDefault();
  else sent.set(form, now);
});

// A page that "Back" brings again as it was left has its answer.
addEventListener("pageshow", event => { if (event.persisted) sent = new WeakMap(); });
