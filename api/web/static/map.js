// The map beside the board: rounds as straight lines between clients, nothing fetched. What is chosen there is chosen here.
export function makeMap(box, choose) {
  const map = L.map(box, { preferCanvas: true, attributionControl: false, zoomAnimation: false, fadeAnimation: false });
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

  return { draw, carer: number => { only = number; if (last) draw(...last); } };
}
