"use strict";
/* What the map says. Texts that people typed become text nodes, never HTML. */
function wordsOf(carers, days) {
  const two = n => String(n).padStart(2, "0");
  const clock = minute => { const m = ((minute % 1440) + 1440) % 1440; return two(Math.floor(m / 60)) + ":" + two(m % 60); };
  const until = minute => minute % 1440 ? clock(minute) : "24:00"; // an end at midnight is that of its own day
  const count = (n, one, many) => n.toLocaleString("en-GB") + " " + (n === 1 ? one : many || one + "s");
  const miles = metres => (metres / 1609.344).toFixed(1) + " mi";
  function el(tag, text, name) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (name) made.className = name;
    return made;
  }
  function visitLines(visit) {
    const lines = ["May start " + clock(visit.earliest) + "–" + clock(visit.latest) + ", preferred " + clock(visit.preferred)
      + (visit.critical ? ". Time-critical." : ".")];
    if (visit.tasks) lines.push("Tasks: " + visit.tasks + ".");
    return lines;
  }
  function stopPopup(stop) {
    const {visit, round} = stop, box = el("div", undefined, "popup");
    box.append(el("h2", visit.client.name));
    box.append(el("p", days[round.day] + ", " + clock(stop.start) + "–" + until(stop.start + stop.minutes) + " (" + stop.minutes + " min)"));
    box.append(el("p", carers[round.carer].name + ", visit " + stop.number + " of " + round.stops.length));
    if (visit.needs > 1) {
      const other = visit.stops.find(s => s !== stop);
      const part = visit.together ? ", together for " + visit.together + " min" : "";
      box.append(other ? el("p", "Double-up with " + carers[other.round.carer].name + part) : el("p", "Double-up, but a second carer is missing", "bad"));
    }
    const small = [];
    if (stop.number > 1) small.push(stop.travel + " min and " + miles(stop.metres) + " from the visit before"
      + (stop.gap > 0 ? ", then " + stop.gap + " min to spare" : stop.gap < 0 ? ", which is " + -stop.gap + " min too late" : "") + ".");
    else small.push(round.homeOut + " min from home.");
    if (visit.commissioned !== stop.minutes) small.push("Commissioned: " + visit.commissioned + " min.");
    for (const line of small.concat(visitLines(visit))) { const p = el("p"); p.append(el("small", line)); box.append(p); }
    return box;
  }
  function missingPopup(gone) {
    const {visit, reasons} = gone, box = el("div", undefined, "popup");
    box.append(el("h2", visit.client.name), el("p", "Unallocated", "bad"),
      el("p", days[visit.day] + ", " + visit.commissioned + " min" + (visit.needs > 1 ? ", double-up" : "")));
    for (const line of visitLines(visit)) { const p = el("p"); p.append(el("small", line)); box.append(p); }
    if (reasons.length) { const ul = el("ul"); for (const reason of reasons) ul.append(el("li", reason)); box.append(ul); }
    return box;
  }

  return {el, clock, until, count, stopPopup, missingPopup};
}
