// The map beside the board: rounds as straight lines between clients, over the streets of the desk's own map extract where it has one.
// What is chosen there is chosen here.
const FINE = 100000, SMALL_FROM = 13;
const unpacked = steps => {
  const line = [];
  for (let i = 0, lat = 0, lon = 0; i < steps.length; i += 2) line.push([(lat += steps[i]) / FINE, (lon += steps[i + 1]) / FINE]);
  return line;
};

export function makeMap(box, choose) {
  const map = L.map(box, { preferCanvas: true, attributionControl: false, zoomAnimation: false, fadeAnimation: false, zoomSnap: 0.25 });
  const layer = L.layerGroup().addTo(map);
  let only = null, last = null, fitted = false;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", "Map of the rounds; the table view has the same as text");

  function draw(data, day, chosen) {
    last = [data, day, chosen];
    layer.clearLayers();
    const visits = data.visits.filter(visit => day === null || visit.day === day), rounds = new Map();
    const picked = data.visits.find(visit => visit.id === chosen);
    const own = only ?? picked?.legs[0]?.[0] ?? null;
    for (const visit of visits) for (const leg of visit.legs) {
      if (!rounds.has(leg[0])) rounds.set(leg[0], []);
      rounds.get(leg[0]).push([leg[1], visit]);
    }
    for (const [carer, stops] of rounds) {
      stops.sort((a, b) => a[0] - b[0]);
      const mine = carer === own;
      L.polyline(stops.map(([, visit]) => data.clients[visit.client].at), { color: mine ? "#b42318" : "#7a95a5", weight: mine ? 4 : 1, opacity: mine ? 1 : 0.6 }).addTo(layer);
    }
    for (const visit of visits) {
      const ours = visit.legs.some(leg => leg[0] === own), missing = !visit.legs.length, is = visit.id === chosen;
      L.circleMarker(data.clients[visit.client].at, { radius: is ? 9 : missing || ours ? 6 : 3, weight: is ? 3 : 1, color: "#fff", fillOpacity: 1,
        fillColor: missing ? "#8a5300" : is ? "#0b3d52" : ours ? "#b42318" : "#2a6f97" }).on("click", () => { only = null; choose(visit.id); }).addTo(layer);
    }
    if (!fitted && data.clients.length) { map.fitBounds(L.latLngBounds(data.clients.map(client => client.at)), { padding: [12, 12], animate: false }); fitted = true; }
  }

  // Small streets would be a grey felt from afar: they are drawn where there is room for them.
  function streets(found) {
    map.createPane("streets").style.zIndex = 250;
    const renderer = L.canvas({ pane: "streets", padding: 0.3 });
    const layerOf = (lines, look) => L.polyline(lines.map(unpacked), { renderer, pane: "streets", interactive: false, ...look });
    const small = layerOf(found.small, { weight: 1, color: "#d8d2c6" });
    const main = layerOf(found.main, { color: "#d3c9b4" }).addTo(map);
    const fit = () => {
      const near = map.getZoom() >= SMALL_FROM;
      main.setStyle({ weight: near ? 3 : 1.5 });
      if (near) small.addTo(map); else small.remove();
    };
    map.on("zoomend", fit);
    fit();
  }

  return { draw, streets, carer: number => { only = number; if (last) draw(...last); } };
}
