"use strict";
/* Draws the chosen days and carers of the rota on a Leaflet map. `data` is made by scheduler/report/map_data.py; what
   people typed is only ever put on the page as text. Two canvases: lines below, stops above, so that a week of
   thousands of visits stays quick. */
function drawRota(map, data) {
  const INK = "#1d2733", RED = "#b42318", GREY = "#6b7885";
  const ROOM = 800; // square pixels that a numbered stop needs: with less it is a dot
  const panel = document.getElementById("panel");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // -- reading the data -----------------------------------------------------------------------------------------
  const clients = data.clients.map(([name, lat, lon, address]) => ({name, at: L.latLng(lat, lon), address}));
  const carers = data.carers.map(([name, colour, lat, lon, mode]) => ({name, colour, home: L.latLng(lat, lon), mode}));
  const visits = data.visits.map(([client, day, earliest, latest, preferred, commissioned, needs, together, critical, tasks]) =>
    ({client: clients[client], day, earliest, latest, preferred, commissioned, needs, together, critical, tasks, stops: []}));
  const rounds = data.rounds.map(([carer, day, homeOut, homeBack, rows]) => {
    const round = {carer, day, homeOut, homeBack};
    round.stops = rows.map(([visit, start, minutes, second, travel, metres, gap, way], i) => {
      const stop = {round, visit: visits[visit], number: i + 1, start, minutes, second, travel, metres, gap, way};
      stop.visit.stops.push(stop);
      return stop;
    });
    return round;
  });
  /* Points of a way or street: steps in hundred-thousandths of a degree. */
  const unpacked = steps => {
    const line = [];
    let lat = 0, lon = 0;
    for (let i = 0; i < steps.length; i += 2) line.push(L.latLng((lat += steps[i]) / 1e5, (lon += steps[i + 1]) / 1e5));
    return line;
  };
  const ways = data.ways.map(unpacked);
  /* Where a round leads: along the roads where they are known, else straight from stop to stop. */
  const path = round => round.stops.flatMap(s => s.way < 0 ? [s.visit.client.at] : [...ways[s.way], s.visit.client.at]);
  const missing = data.unallocated.map(([visit, reasons]) => ({visit: visits[visit], reasons}));

  const {el, clock, until, count, stopPopup, missingPopup} = wordsOf(carers, data.days);

  // -- marks on the canvas ---------------------------------------------------------------------------------------
  const Mark = L.CircleMarker.extend({
    _project() {
      this._point = this._map.latLngToLayerPoint(this._latlng).add(this.options.shift());
      this._updateBounds();
    },
    _updatePath() {
      if (!this._renderer._drawing || this._empty()) return;
      this.options.paint(this._renderer._ctx, this._point, this._radius);
    }
  });
  function paintStop(stop) {
    const colour = carers[stop.round.carer].colour, isDouble = stop.visit.needs > 1;
    const lacking = isDouble && stop.visit.stops.length < 2;
    return (ctx, p, r) => {
      const disc = (radius, fill) => { ctx.beginPath(); ctx.arc(p.x, p.y, radius, 0, 7); ctx.fillStyle = fill; ctx.fill(); };
      if (isDouble) disc(r + 3, lacking ? RED : INK);
      disc(r + 1.5, "#fff");
      disc(r, colour);
      if (numbered) write(ctx, p, stop.number, r);
    };
  }
  function paintMissing(ctx, p, r) {
    ctx.fillStyle = "#fff"; ctx.fillRect(p.x - r - 1.5, p.y - r - 1.5, 2 * r + 3, 2 * r + 3);
    ctx.fillStyle = RED; ctx.fillRect(p.x - r, p.y - r, 2 * r, 2 * r);
    if (numbered) write(ctx, p, "!", r);
  }
  function paintHome(ctx, p) {
    ctx.fillStyle = "#fff"; ctx.strokeStyle = GREY; ctx.lineWidth = 2;
    ctx.fillRect(p.x - 4, p.y - 4, 8, 8); ctx.strokeRect(p.x - 4, p.y - 4, 8, 8);
  }
  function write(ctx, p, text, r) {
    ctx.font = "600 " + Math.round(r * 1.15) + "px system-ui, sans-serif";
    ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.fillStyle = "#fff";
    ctx.fillText(String(text), p.x, p.y + 0.5);
  }
  /* The k-th of n marks at one address: alone in the middle, else in rings around it. */
  function around(k, n) {
    if (n === 1) return [0, 0];
    let ring = 1, before = 0;
    while (k - before >= 6 * ring) { before += 6 * ring; ring += 1; }
    const here = Math.min(6 * ring, n - before), angle = 2 * Math.PI * (k - before) / here - Math.PI / 2;
    const reach = here === 2 ? 0.6 : ring;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  }

  const below = L.canvas({padding: 0.3}), above = L.canvas({padding: 0.3, pane: map.createPane("stops"), tolerance: 3});
  map.getPane("stops").style.zIndex = 450;
  map.createPane("areas").style.zIndex = 300;
  const layers = {lines: L.layerGroup().addTo(map), marks: L.layerGroup().addTo(map), glow: L.layerGroup().addTo(map)};
  let numbered = true, radius = 10, marks = new Map();
  map.createPane("streets").style.zIndex = 250;
  const under = L.canvas({padding: 0.3, pane: "streets"});
  data.streets.forEach((lines, small) => {
    const look = small ? {weight: 1, color: "#dfe4e8"} : {weight: 2.5, color: "#cfd6dc"};
    if (lines.length) L.polyline(lines.map(unpacked), {renderer: under, pane: "streets", interactive: false, ...look}).addTo(map);
  });
  const ground = clients.length ? L.latLngBounds(clients.map(c => c.at)) : map.getBounds();

  // -- drawing ---------------------------------------------------------------------------------------------------
  const checked = name => new Set(Array.from(panel.querySelectorAll("input[name=" + name + "]:checked"), box => box.value));
  function shown() {
    const days = checked("day"), who = checked("carer"), show = checked("show");
    return {show, days,
      rounds: rounds.filter(r => days.has(String(r.day)) && who.has(String(r.carer))),
      missing: show.has("unallocated") ? missing.filter(m => days.has(String(m.visit.day))) : []};
  }
  function draw() {
    const now = shown(), stops = now.rounds.flatMap(r => r.stops);
    size(stops.length + now.missing.length);
    for (const layer of Object.values(layers)) layer.clearLayers();
    const many = now.rounds.length > 12; // then thin lines, and none to the homes
    if (now.show.has("lines")) now.rounds.forEach(round => drawLine(round, many, !many && now.show.has("homes")));
    if (now.show.has("homes")) for (const who of new Set(now.rounds.map(r => r.carer))) {
      mark(carers[who].home, 4, paintHome, () => el("p", "Home of " + carers[who].name), [0, 0]);
    }
    const places = new Map();
    for (const thing of stops.concat(now.missing)) {
      if (!places.has(thing.visit.client)) places.set(thing.visit.client, []);
      places.get(thing.visit.client).push(thing);
    }
    marks = new Map();
    for (const [client, things] of places) {
      things.sort((a, b) => when(a) - when(b));
      things.forEach((thing, k) => marks.set(thing, thing.round
        ? mark(client.at, radius, paintStop(thing), () => stopPopup(thing), around(k, things.length), thing.round)
        : mark(client.at, radius, paintMissing, () => missingPopup(thing), around(k, things.length))));
    }
    tell(now, stops.length);
  }
  const when = thing => thing.round ? thing.start : thing.visit.preferred;
  /* Numbered stops where there is room for them on the screen, dots where there is not. */
  function size(many) {
    const box = map.latLngToLayerPoint(ground.getSouthEast()).subtract(map.latLngToLayerPoint(ground.getNorthWest()));
    const room = Math.max(box.x, 60) * Math.max(box.y, 60) / Math.max(many, 1);
    numbered = room > ROOM;
    radius = room > 3 * ROOM ? 10 : numbered ? 8.5 : room > ROOM / 4 ? 5.5 : 4;
  }
  function mark(at, r, paint, popup, place, round) {
    const step = r * 2.3;
    const made = new Mark(at, {renderer: above, pane: "stops", radius: r, paint, shift: () => [place[0] * step, place[1] * step]});
    made.on("click", () => open(made, popup, round));
    return made.addTo(layers.marks);
  }
  function drawLine(round, many, homes) {
    const colour = carers[round.carer].colour, points = path(round), home = carers[round.carer].home;
    const line = (at, more) => L.polyline(at, {renderer: below, color: colour, interactive: false, ...more}).addTo(layers.lines);
    line(points, many ? {weight: 1.5, opacity: 0.4} : {weight: 2.5, opacity: 0.7});
    if (homes) for (const end of [points[0], points[points.length - 1]]) line([home, end], {dashArray: "2 6", weight: 1.2, opacity: 0.7});
  }
  function open(mark, popup, round) {
    layers.glow.clearLayers();
    if (round) L.polyline(path(round), {renderer: below, color: carers[round.carer].colour, weight: 5, opacity: 0.8, interactive: false}).addTo(layers.glow);
    map.openPopup(popup(), map.layerPointToLatLng(mark._point), {maxWidth: 290, offset: [0, -4]});
  }

  // -- the panel -------------------------------------------------------------------------------------------------
  function tell(now, stops) {
    const people = new Set(now.rounds.map(r => r.carer)).size;
    const text = count(stops, "stop") + ", " + count(people, "carer") + (now.missing.length ? ", " + now.missing.length + " unallocated" : "");
    const status = document.getElementById("status");
    status.textContent = now.days.size ? "Shown: " + text + "." : "No day is chosen.";
    Object.assign(status.dataset, {stops, carers: people, missing: now.missing.length, rounds: now.rounds.length});
    const works = new Map();
    for (const r of rounds) if (now.days.has(String(r.day))) works.set(r.carer, (works.get(r.carer) || 0) + r.stops.length);
    carerRows.forEach((row, i) => { row.querySelector(".count").textContent = works.get(i) || "–"; });
    listRounds(now.rounds);
    listMissing(now.missing);
  }
  function listRounds(chosen) {
    const box = panel.querySelector("#rounds > div"), few = chosen.length <= 14;
    box.replaceChildren();
    if (!few || !chosen.length) { box.append(el("p", "Choose one or two carers to read their rounds here.")); return; }
    for (const round of chosen) {
      const list = el("ol", undefined, "list");
      for (const stop of round.stops) list.append(item(stop, clock(stop.start) + "–" + until(stop.start + stop.minutes) + "  " + stop.visit.client.name, stop.visit.needs > 1 ? "double-up" : "", () => stopPopup(stop), round));
      box.append(el("h2", carers[round.carer].name + ", " + data.days[round.day]), list);
    }
  }
  function listMissing(chosen) {
    const box = panel.querySelector("#missing > div"), list = el("ol", undefined, "list");
    box.replaceChildren();
    if (!chosen.length) { box.append(el("p", "None on the chosen days.")); return; }
    for (const gone of chosen) list.append(item(gone, data.days[gone.visit.day] + " " + clock(gone.visit.preferred) + "  " + gone.visit.client.name, gone.visit.commissioned + " min", () => missingPopup(gone)));
    box.append(list);
  }
  function item(thing, text, more, popup, round) {
    const li = el("li"), button = el("button", text + " ");
    button.type = "button";
    button.append(el("small", more));
    button.addEventListener("click", () => { const m = marks.get(thing); if (m) { map.panTo(m.getLatLng(), {animate: !still}); open(m, popup, round); } });
    li.append(button);
    return li;
  }
  function box(name, value, on) {
    const made = document.createElement("input");
    Object.assign(made, {type: "checkbox", name, value: String(value), checked: on});
    return made;
  }
  const busiest = data.days.findIndex((_, day) => rounds.some(r => r.day === day));
  data.days.forEach((day, i) => {
    const label = el("label");
    label.append(box("day", i, i === Math.max(busiest, 0)), day);
    panel.querySelector(".chips").append(label);
  });
  const carerRows = carers.map((carer, i) => {
    const row = el("li"), label = el("label"), dot = el("span", undefined, "swatch"), only = el("button", "Only");
    dot.style.background = carer.colour;
    only.type = "button";
    only.setAttribute("aria-label", "Only " + carer.name);
    only.addEventListener("click", () => { panel.querySelectorAll("input[name=carer]").forEach(b => { b.checked = b.value === String(i); }); draw(); });
    label.append(box("carer", i, true), dot, el("span", carer.name));
    row.append(label, el("span", "", "count"), only);
    panel.querySelector("#carers ul").append(row);
    return row;
  });
  panel.addEventListener("change", event => { if (event.target.type === "checkbox") draw(); });
  panel.addEventListener("click", event => {
    const {all, none} = event.target.dataset || {};
    if (!all && !none) return;
    panel.querySelectorAll("input[name=" + (all || none) + "]").forEach(b => { if (!b.closest("li[hidden]")) b.checked = Boolean(all); });
    draw();
  });
  document.getElementById("find").addEventListener("input", event => {
    const wanted = event.target.value.trim().toLowerCase();
    carerRows.forEach((row, i) => { row.hidden = !carers[i].name.toLowerCase().includes(wanted); });
  });
  document.getElementById("open").addEventListener("click", event => {
    event.target.setAttribute("aria-expanded", String(panel.classList.toggle("opened")));
    map.invalidateSize();
  });

  // -- the first view --------------------------------------------------------------------------------------------
  for (const [name, lat, lon] of data.areas) {
    L.marker([lat, lon], {pane: "areas", interactive: false, keyboard: false, icon: L.divIcon({className: "area", html: el("span", name), iconSize: [90, 24]})}).addTo(map);
  }
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
  map.attributionControl.addAttribution("Postcodes: ONS, OGL v3.0; see About this map");
  if (data.ways.length || data.streets.some(lines => lines.length)) map.attributionControl.addAttribution("Roads: © OpenStreetMap contributors, ODbL");
  map.fitBounds(ground.pad(0.04), {maxZoom: 16, animate: false});
  map.on("zoomend", draw);
  map.on("popupclose", () => layers.glow.clearLayers());
  draw();
}
