/* What the tests ask of any page. `page.evaluate` reads this file once, and then calls its functions. */
window.checks = {
  /* Words whose colour is too near to the colour behind them (WCAG AA, 4.5 : 1). */
  poorContrast() {
    const parts = text => (text.match(/[\d.]+/g) || []).map(Number);
    const linear = c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
    const ground = element => {
      for (let e = element; e; e = e.parentElement) {
        const colour = parts(getComputedStyle(e).backgroundColor);
        if (colour.length === 3 || colour[3] > 0.5) return colour;
      }
      return [255, 255, 255];
    };
    const poor = [];
    for (const e of document.querySelectorAll("body *")) {
      const own = [...e.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
      if (!own || !e.checkVisibility() || ["SCRIPT", "STYLE"].includes(e.tagName)) continue;
      const style = getComputedStyle(e), ink = e.namespaceURI.includes("svg") ? style.fill : style.color;
      const [dark, bright] = [light(parts(ink)), light(ground(e))].sort((a, b) => a - b);
      if ((bright + 0.05) / (dark + 0.05) < 4.5) poor.push(`${e.tagName} ${e.className}: ${e.textContent.slice(0, 40)}`);
    }
    return poor;
  },

  /* Things that can be pressed, or stand for a picture, and have no name. */
  unnamed() {
    const text = ids => (ids || "").split(" ").map(id => document.getElementById(id)?.textContent || "").join("");
    return [...document.querySelectorAll("button, input, a[href], svg[role=img], summary")]
      .filter(e => !(e.getAttribute("aria-label") || e.labels?.[0]?.textContent || text(e.getAttribute("aria-labelledby"))
        || e.textContent || e.title || "").trim())
      .map(e => e.outerHTML.slice(0, 100));
  },

  /* Does the page have to be moved sideways? */
  tooWide() {
    return document.documentElement.scrollWidth > document.documentElement.clientWidth;
  },

  /* The canvas of stops: how many of its pixels are painted, and where on the screen the lowest painted ones are. */
  painted() {
    const canvas = document.querySelector(".leaflet-stops-pane canvas"), box = canvas.getBoundingClientRect();
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let pixels = 0, last = -1;
    for (let i = 3; i < data.length; i += 4) if (data[i] === 255) { pixels += 1; last = (i - 3) / 4; }
    const x = box.x + (last % canvas.width) * box.width / canvas.width;
    const y = box.y + Math.floor(last / canvas.width) * box.height / canvas.height;
    return {pixels, x, y};
  },

  /* Milliseconds that it takes to press something. */
  took(selector) {
    const start = performance.now();
    document.querySelector(selector).click();
    return performance.now() - start;
  }
};
