"use strict";
// Drawings of the report, as SVG: they take their colours from the style sheet, in print too.
const Plots = (() => {
  const NS = "http://www.w3.org/2000/svg";
  const put = (parent, name, attributes, text) => {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    parent.append(node);
    return node;
  };
  const two = (n) => String(n).padStart(2, "0");

  // Times are microseconds since the epoch; shown in UTC.
  function time(us, digits) {
    const ms = Math.floor(us / 1000), at = new Date(ms);
    if (Number.isNaN(at.getTime())) return "?";
    const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
    if (!digits) return clock;
    return clock + "." + String(((us % 1e6) + 1e6) % 1e6).padStart(6, "0").slice(0, digits);
  }
  const day = (us) => { const at = new Date(us / 1000); return Number.isNaN(at.getTime()) ? "?" : at.toISOString().slice(0, 10); };

  const STEPS = [1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 3e7, 6e7, 12e7, 3e8, 6e8, 12e8, 18e8, 36e8, 72e8, 216e8, 432e8, 864e8, 6048e8];
  function timeTicks(from, to, most) {
    const step = STEPS.find((s) => (to - from) / s <= most) || Math.ceil((to - from) / most / 864e8) * 864e8;
    const ticks = [];
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
    return {ticks, text: (at) => step >= 864e8 ? day(at) : time(at, step < 1e6 ? (step < 1e5 ? 3 : 1) : 0)};
  }

  function valueTicks(low, high, most) {
    const raw = (high - low) / most, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((f) => f * power).find((s) => (high - low) / s <= most);
    const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
    const ticks = [];
    for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6 && ticks.length < 20; at += step) ticks.push(at);
    return {ticks, text: (v) => Math.abs(v) >= 1e12 || (v !== 0 && Math.abs(v) < 1e-9) ? v.toExponential(3) : v.toFixed(digits)};
  }

  // Triples of changes to one pair per column.
  function columns(triples, count) {
    const out = new Array(count).fill(null);
    for (let i = 0; i + 2 < triples.length; i += 3) {
      const end = i + 3 < triples.length ? triples[i + 3] : count;
      const pair = triples[i + 1] === null || !Number.isFinite(triples[i + 1]) || !Number.isFinite(triples[i + 2]) ? null : [triples[i + 1], triples[i + 2]];
      for (let c = triples[i]; c < end; c++) out[c] = pair;
    }
    return out;
  }

  function path(pairs, x, y) {
    let d = "", last = null;
    pairs.forEach((pair, i) => {
      if (!pair) { last = null; return; }
      const x0 = x(i).toFixed(1), x1 = x(i + 1).toFixed(1), low = y(pair[0]).toFixed(1), high = y(pair[1]).toFixed(1);
      d += last === null ? `M${x0} ${low}` : `V${low}`;
      if (low !== high) d += `V${high}V${low}`;
      d += `H${x1}`;
      last = low;
    });
    return d;
  }

  const SHAPES = {open: "M-5 -9H5L0 0Z", close: "M-5 0H5L0 -9Z", event: "M0 -10L5 -5L0 0L-5 -5Z"};

  function scene(holder, of, readout) {
    const width = Math.max(260, holder.clientWidth), height = 236;
    const left = width < 420 ? 62 : 78, right = 8, top = 30, bottom = 24;
    const reference = columns(of.reference, of.columns), value = columns(of.value, of.columns);
    const all = reference.concat(value).filter(Boolean);
    holder.replaceChildren();
    if (!all.length) { holder.textContent = "No price was seen here."; return; }
    // One absurd value must not flatten the rest: the scale follows the reference and what lies near it.
    const near = reference.filter(Boolean).length ? reference.filter(Boolean) : all;
    let low = Math.min(...near.map((p) => p[0])), high = Math.max(...near.map((p) => p[1]));
    const reach = Math.max((high - low) * 12, Math.abs(high) * 0.02);
    let beyond = 0;
    for (const pair of all) {
      if (pair[0] >= low - reach) low = Math.min(low, pair[0]); else beyond++;
      if (pair[1] <= high + reach) high = Math.max(high, pair[1]); else beyond++;
    }
    const pad = (high - low || Math.abs(high) * 1e-4 || 1) * 0.08;
    low -= pad; high += pad;
    const from = of.from, to = of.from + of.columns * of.width;
    const x = (column) => left + column / of.columns * (width - left - right);
    const at = (us) => left + (us - from) / (to - from) * (width - left - right);
    const y = (v) => Math.max(top - 4, Math.min(height - bottom + 4, top + (high - v) / (high - low) * (height - top - bottom)));
    const svg = put(holder, "svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `${of.key || of.symbol}: exchange and Redis from ${time(from, 3)} to ${time(to, 3)}, ${of.marks.length} findings`});
    const rows = valueTicks(low, high, 5);
    for (const v of rows.ticks) {
      put(svg, "line", {class: "grid", x1: left, x2: width - right, y1: y(v), y2: y(v)});
      put(svg, "text", {x: left - 6, y: y(v) + 4, "text-anchor": "end"}, rows.text(v));
    }
    const cols = timeTicks(from, to, Math.max(2, Math.floor((width - left) / 105)));
    for (const t of cols.ticks) {
      put(svg, "line", {class: "grid", x1: at(t), x2: at(t), y1: top, y2: height - bottom});
      put(svg, "text", {x: Math.min(width - 32, Math.max(left + 20, at(t))), y: height - 7, "text-anchor": "middle"}, cols.text(t));
    }
    put(svg, "path", {class: "reference", d: path(reference, x, y)});
    put(svg, "path", {class: "value", d: path(value, x, y)});
    let free = -1;
    for (const mark of of.marks) {
      const mx = at(mark.at);
      put(svg, "line", {class: "mark-line", x1: mx, x2: mx, y1: top - 2, y2: height - bottom});
      const shape = put(svg, "path", {class: `mark-${mark.edge}`, d: SHAPES[mark.edge] || SHAPES.event, transform: `translate(${mx.toFixed(1)} ${top - 2})`});
      put(shape, "title", {}, `${time(mark.at, 6)} ${mark.kind} ${mark.edge}: ${mark.text}`);
      const label = mark.edge === "close" ? "" : mark.kind, size = label.length * 7.4;
      if (label && mx > free) {
        const end = mx + size > width - 4;
        put(svg, "text", {class: "mark-text", x: end ? mx - 4 : mx - 4, y: 12, "text-anchor": end ? "end" : "start"}, label);
        free = mx + (end ? 8 : size + 8);
      }
    }
    const cross = put(svg, "line", {class: "cross", x1: -9, x2: -9, y1: top, y2: height - bottom});
    const shown = (pair) => pair === null ? "none" : pair[0] === pair[1] ? String(pair[0]) : `${pair[0]} to ${pair[1]}`;
    const rest = beyond ? "Values far outside are drawn at the edge. " : "";
    const idle = `${day(from)} UTC, ${of.width >= 1e6 ? (of.width / 1e6).toFixed(1) + " s" : Math.round(of.width / 1000) + " ms"} a column. ${rest}${of.cut ? "It goes on after the end of this plot. " : ""}${of.unmarked ? of.unmarked + " more findings are not marked." : ""}`;
    const show = (column) => {
      if (column < 0 || column >= of.columns) { cross.setAttribute("x1", -9); cross.setAttribute("x2", -9); readout.textContent = idle; return; }
      const mx = x(column + 0.5);
      cross.setAttribute("x1", mx); cross.setAttribute("x2", mx);
      readout.textContent = `${time(from + column * of.width, 3)} exchange ${shown(reference[column])}` + (of.key ? `, Redis ${shown(value[column])}` : "");
    };
    let current = -1;
    svg.addEventListener("pointermove", (event) => {
      const box = svg.getBoundingClientRect();
      current = Math.floor(((event.clientX - box.left) / box.width * width - left) / (width - left - right) * of.columns);
      show(current);
    });
    svg.addEventListener("pointerleave", () => { current = -1; show(-1); });
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("keydown", (event) => {
      const step = {ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20}[event.key];
      if (!step && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      current = event.key === "Home" ? 0 : event.key === "End" ? of.columns - 1 : Math.max(0, Math.min(of.columns - 1, current + step));
      show(current);
    });
    show(-1);
  }

  // Cases by kind, one lane or more for each; overlapping ones go to the next free lane.
  function timeline(holder, cases, pages, from, to, choose) {
    const width = Math.max(260, holder.clientWidth), left = width < 600 ? 8 : 190, right = 10, lane = 13, gap = 9;
    const span = Math.max(1, to - from);
    const at = (us) => left + Math.max(0, Math.min(1, (us - from) / span)) * (width - left - right);
    const kinds = new Map();
    cases.forEach((of) => { if (!kinds.has(of.kind)) kinds.set(of.kind, []); kinds.get(of.kind).push(of); });
    holder.replaceChildren();
    const svg = put(holder, "svg", {width, role: "img", "aria-label": `${cases.length} cases by kind and time; the list below has the same`});
    const grid = put(svg, "g"), bars = new Map();
    let y = 8;
    for (const [kind, list] of kinds) {
      if (left === 8) { put(svg, "text", {x: left, y: y + 10}, `${kind} (${list.length})`); y += 15; }
      const ends = [];
      const top = y;
      for (const of of list.slice().sort((a, b) => a.since - b.since)) {
        const x0 = at(of.since), x1 = Math.max(x0 + 4, at(of.end === null ? to : of.end));
        let row = ends.findIndex((end) => end <= x0);
        if (row < 0) { row = ends.length < 6 ? ends.length : (of.index % 6); }
        ends[row] = x1 + 1;
        const bar = put(svg, "rect", {class: "case-bar", "data-severity": of.severity, x: x0.toFixed(1), y: top + row * lane, width: (x1 - x0).toFixed(1), height: lane - 2, rx: 2});
        put(bar, "title", {}, `${of.kind} ${of.key || of.instrument || of.venue} from ${time(of.since, 3)}`);
        bar.addEventListener("click", () => choose(of.index));
        bars.set(of.index, bar);
      }
      if (left !== 8) put(svg, "text", {x: left - 8, y: top + 10, "text-anchor": "end"}, `${kind} (${list.length})`);
      y = top + ends.length * lane + gap;
    }
    if (pages.length) {
      put(svg, "text", left === 8 ? {x: left, y: y + 10} : {x: left - 8, y: y + 10, "text-anchor": "end"}, `pages (${pages.length})`);
      if (left === 8) y += 15;
      for (const page of pages) put(svg, "rect", {class: "page-tick", x: at(page.at), y, width: 2, height: lane - 2});
      y += lane + gap;
    }
    const ticks = timeTicks(from, to, Math.max(2, Math.floor((width - left) / 110)));
    for (const t of ticks.ticks) {
      put(grid, "line", {class: "grid", x1: at(t), x2: at(t), y1: 0, y2: y});
      put(svg, "text", {x: Math.min(width - 30, Math.max(28, at(t))), y: y + 14, "text-anchor": "middle"}, ticks.text(t));
    }
    svg.setAttribute("height", y + 20);
    svg.setAttribute("viewBox", `0 0 ${width} ${y + 20}`);
    return bars;
  }

  const UNITS = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]];
  function duration(ns) {
    for (const [unit, name] of UNITS) if (ns >= unit) { const v = ns / unit; return `${v >= 100 ? v.toFixed(0) : v >= 10 ? v.toFixed(1) : v.toFixed(2)} ${name}`; }
    return "0";
  }

  function histogram(holder, buckets) {
    const first = buckets.findIndex((b) => b[1] > 0), last = buckets.length - 1 - buckets.slice().reverse().findIndex((b) => b[1] > 0);
    const shown = buckets.slice(Math.max(0, first - 1), last + 2);
    const width = Math.max(240, holder.clientWidth), height = 130, step = width / shown.length;
    const most = Math.max(...shown.map((b) => Math.log10(1 + b[1])));
    holder.replaceChildren();
    const svg = put(holder, "svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "histogram, logarithmic counts"});
    shown.forEach(([upTo, count], i) => {
      const bar = Math.round((height - 36) * Math.log10(1 + count) / most);
      const rect = put(svg, "rect", {class: "hop-bar", x: (i * step + 1).toFixed(1), y: height - 18 - bar, width: Math.max(1, step - 2).toFixed(1), height: bar});
      put(rect, "title", {}, `${count}, ${upTo === null ? "above" : "up to " + duration(upTo)}`);
      if (step > 34 && count) put(svg, "text", {x: i * step + step / 2, y: height - 22 - bar, "text-anchor": "middle"}, count >= 1e6 ? (count / 1e6).toFixed(1) + "M" : count >= 1e4 ? Math.round(count / 1e3) + "k" : count);
      if (i % Math.ceil(shown.length / (width / 68)) === 0) {
        put(svg, "text", {x: Math.max(24, Math.min(width - 24, i * step + step / 2)), y: height - 4, "text-anchor": "middle"}, upTo === null ? "more" : `≤ ${duration(upTo).replace(/\.0+ /, " ")}`);
      }
    });
  }

  return {scene, timeline, histogram, duration, time, day};
})();
