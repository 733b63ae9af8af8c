"use strict";
// One page, no build step. The server sorts, searches and cuts; the page shows what it is told.
const $ = (id) => document.getElementById(id);
const ROW = 32;
const SIGNS = {
  OPEN: '<circle cx="22" cy="22" r="19"/>',
  CAUTION: '<path d="M22 3 42 41H2Z"/>',
  CLOSED: '<rect x="4" y="4" width="36" height="36"/>',
};
const STATES = {
  OPEN: "Safe to trade",
  CAUTION: "Trade with care",
  CLOSED: "Do not trade",
};
const VIEWS = ["cases", "symbols", "feeds", "latency"];

let view = "cases";
let opened = null;          // the key of the symbol whose page is shown
let selected = 0;           // row under the keyboard, of all rows
let total = 0;
let source = null;
let lastNewsMs = 0;
let overview = null;
let rows = [];
let charts = null;
let trendTimer = null;
let marked = [];

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function tag(word, className) {
  return element("span", `tag ${className || word}`, word.replace("_", " "));
}

function ago(iso) {
  if (!iso) return "–";
  const seconds = Math.max(0, (Date.parse(overview ? overview.now : new Date().toISOString()) - Date.parse(iso)) / 1000);
  if (seconds < 90) return `${seconds.toFixed(0)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(0)} min`;
  return seconds < 172800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86400).toFixed(1)} d`;
}

// ---- the stream: opened anew whenever something else is to be looked at

function connect() {
  if (source) source.close();
  const query = new URLSearchParams({
    search: $("search").value, filter: $("filter").value, sort: $("sort").value,
    from: Math.max(0, Math.floor($("list").scrollTop / ROW) - 10),
    count: view === "symbols" && !opened ? Math.min(200, Math.ceil($("list").clientHeight / ROW) + 20) : 0,
  });
  source = new EventSource(`/api/stream?${query}`);
  source.onerror = refused;
  source.addEventListener("overview", (event) => {
    lastNewsMs = Date.now();
    overview = JSON.parse(event.data);
    glance();
    if (view === "cases") Cases.show(overview.cases);
    if (view === "feeds") feeds();
  });
  source.addEventListener("rows", (event) => {
    const window = JSON.parse(event.data);
    total = window.total;
    if (view === "symbols" && !opened) symbols(window);
  });
}

// A browser gives up on a stream that is refused: when the cookie has ended the page asks for the token anew.
async function refused(event) {
  if (event.target !== source || source.readyState !== EventSource.CLOSED) return;
  const answer = await fetch("/health").catch(() => null);
  if (answer && answer.status === 401) location.reload();
  else setTimeout(connect, 2000);
}

let reconnecting = null;
function soon() {
  clearTimeout(reconnecting);
  reconnecting = setTimeout(connect, 120);
}

setInterval(() => {
  const silent = Date.now() - lastNewsMs > 3000;
  $("stale").hidden = !silent;
  if (silent) {
    show("CLOSED", "No answer from the monitor", "Nobody vouches for any price: take everything for closed.");
  }
}, 500);

// ---- first glance

function show(state, title, why) {
  $("glance").dataset.state = state;
  $("state").textContent = title;
  $("why").textContent = why;
  if ($("sign").dataset.state !== state) {
    $("sign").dataset.state = state;
    $("sign").innerHTML = `<svg viewBox="0 0 44 44" width="44" height="44" fill="currentColor">${SIGNS[state]}</svg>`;
    document.title = `${state} · Plumbline`;
  }
  $("sign").style.color = `var(--${state.toLowerCase()})`;
}

function glance() {
  const gate = overview.gate;
  show(gate.state, STATES[gate.state], gate.reason || "Every watched price is the exchange's, as of now.");
  $("n-open").textContent = gate.OPEN;
  $("n-caution").textContent = gate.CAUTION;
  $("n-closed").textContent = gate.CLOSED;
  $("n-cases").textContent = overview.cases.filter((c) => c.state !== "PENDING").length;
  $("since").textContent = ago(gate.since);
  $("version").textContent = `Plumbline ${overview.version}, up ${ago(overview.startedAt)}`;
}

// ---- symbols: rows of a fixed height, only those on the screen exist

function cell(text, numeric) {
  return element("span", numeric ? "n" : "", text === null || text === undefined ? "–" : text);
}

function rowOf(symbol, index) {
  const row = element("div", "row");
  row.setAttribute("role", "option");
  row.id = `row-${index}`;
  row.setAttribute("aria-selected", String(index === selected));
  const gate = element("span");
  gate.append(tag(symbol.gate));
  const name = element("span", "", symbol.instrument);
  name.append(element("small", "", ` ${symbol.venue} ${symbol.field}`));
  name.title = symbol.key;
  const verdict = element("span");
  verdict.append(tag(symbol.verdict));
  const coverage = symbol.coverageSeconds;
  const judged = coverage.verified + coverage.quiet + coverage.closed;
  const all = judged + coverage.unverifiable;
  row.append(gate, name, cell(symbol.referencePrice, true), cell(symbol.redisPrice, true),
    cell(symbol.deviationBps === null ? null : `${symbol.deviationBps} bps`, true),
    cell(Charts.duration(symbol.lagNs), true), cell(Charts.duration(symbol.feedAgeNs), true),
    cell(Charts.duration(symbol.redisAgeNs), true), verdict,
    cell(all === 0 ? "–" : `${(100 * judged / all).toFixed(judged === all ? 0 : 1)} %`, true));
  row.onclick = () => { selected = index; open(symbol.key); };
  return row;
}

function symbols(window) {
  rows = window.rows;
  $("total").textContent = `${window.total.toLocaleString("en")} ${window.total === 1 ? "symbol" : "symbols"}`;
  $("spacer").style.height = `${window.total * ROW}px`;
  $("rows").style.transform = `translateY(${window.from * ROW}px)`;
  $("rows").replaceChildren(...rows.map((symbol, i) => rowOf(symbol, window.from + i)));
  $("rows").dataset.from = window.from;
  $("list").setAttribute("aria-activedescendant", `row-${selected}`);
}

function select(index) {
  selected = Math.max(0, Math.min(total - 1, index));
  const list = $("list");
  if (selected * ROW < list.scrollTop) list.scrollTop = selected * ROW;
  if ((selected + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = (selected + 1) * ROW - list.clientHeight;
  list.setAttribute("aria-activedescendant", `row-${selected}`);
  const from = Number($("rows").dataset.from);
  [...$("rows").children].forEach((row, i) => row.setAttribute("aria-selected", String(from + i === selected)));
}

// ---- one symbol

async function open(key) {
  opened = key;
  go(view, false);
  $("symbol").hidden = false;
  $("symbol-name").textContent = key;
  $("symbol-why").textContent = "";
  $("facts").replaceChildren();
  $("symbol-findings").replaceChildren();
  marked = [];
  endCharts();
  charts = {price: Charts.prices($("chart-price"), () => marked), lag: Charts.lag($("chart-lag"), () => marked)};
  history.replaceState(null, "", `#/key=${encodeURIComponent(key)}`);
  connect();
  $("symbol-name").focus();
  scrollTo(0, 0);
  // Before the first answer: who leaves earlier than it comes ends this too.
  trendTimer = setInterval(refresh, 1000);
  await refresh();
}

function endCharts() {
  clearInterval(trendTimer);
  if (charts) {
    charts.price.end();
    charts.lag.end();
    charts = null;
  }
}

async function json(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function refresh() {
  const key = opened;
  try {
    const [trend, found, window] = await Promise.all([
      json(`/api/trend?key=${encodeURIComponent(key)}`),
      json("/api/findings?limit=1000"),
      json(`/api/symbols?search=${encodeURIComponent(key)}`),
    ]);
    if (key !== opened || !charts) return;
    const symbol = window.symbols.find((s) => s.key === key);
    if (symbol) facts(symbol);
    const mine = found.findings.filter((f) => f.key === key || (symbol && f.instrument === symbol.instrument && f.venue === symbol.venue));
    marked = mine.filter((f) => f.edge !== "close").map((f) => ({at: Date.parse(f.at) / 1000, text: f.kind})).sort((a, b) => a.at - b.at);
    const seconds = trend.ms.map((ms) => ms / 1000);
    const number = (price) => price === null ? null : Number(price);
    charts.price.set([seconds, trend.reference.map(number), trend.redis.map(number)]);
    charts.lag.set([seconds, trend.lagNs.map((ns) => ns / 1e6)]);
    $("symbol-findings").replaceChildren(...mine.slice(0, 50).map((f) => {
      const li = element("li");
      li.dataset.severity = f.severity;
      li.append(element("div", "what", f.text));
      const meta = element("div", "meta");
      for (const text of [f.kind, f.edge, f.at]) meta.append(element("span", "", text));
      li.append(meta);
      return li;
    }));
    if (mine.length === 0) $("symbol-findings").append(element("p", "empty", "None among the last 1,000."));
  } catch (failure) {
    if (key === opened) $("symbol-why").textContent = `The monitor does not tell: ${failure.message}`;
  }
}

async function facts(symbol) {
  $("symbol-name").textContent = `${symbol.instrument} on ${symbol.venue}`;
  const gate = await json(`/api/gate/${encodeURIComponent(symbol.instrument)}`).catch(() => null);
  if (!gate || opened !== symbol.key) return;
  $("symbol-why").replaceChildren(tag(gate.state), document.createTextNode(gate.reason ? ` ${gate.reason}` : " Nothing speaks against it."));
  const list = [
    ["key", symbol.key], ["carries", symbol.field], ["exchange", symbol.referencePrice], ["Redis", symbol.redisPrice],
    ["deviation", symbol.deviationBps === null ? null : `${symbol.deviationTicks || "–"} ticks, ${symbol.deviationBps} bps`],
    ["lag", Charts.duration(symbol.lagNs)], ["verdict", symbol.verdict], ["seen by", symbol.rung],
    ["feed age", Charts.duration(symbol.feedAgeNs)], ["Redis age", Charts.duration(symbol.redisAgeNs)],
  ];
  $("facts").replaceChildren(...list.map(([name, value]) => {
    const pair = element("div");
    pair.append(element("dt", "", name), element("dd", "", value === null ? "–" : value));
    return pair;
  }));
}

// ---- going about

function go(to, remember = true) {
  view = to;
  for (const name of VIEWS) {
    $(name).hidden = name !== view || opened !== null;
  }
  $("symbol").hidden = opened === null;
  for (const button of document.querySelectorAll("nav [data-view]")) {
    button.setAttribute("aria-selected", String(button.dataset.view === view));
    button.tabIndex = button.dataset.view === view ? 0 : -1;
  }
  if (remember) {
    history.replaceState(null, "", `#/${view}`);
    connect();
    latency();
    nodes();
  }
}

function leave() {
  opened = null;
  endCharts();
  go(view);
}

for (const button of document.querySelectorAll("nav [data-view]")) {
  button.onclick = () => { opened = null; endCharts(); go(button.dataset.view); };
}
document.querySelector("nav").onkeydown = (event) => {
  const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  if (!step) return;
  event.stopPropagation();
  const next = document.querySelector(`nav [data-view="${VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length]}"]`);
  next.click();
  next.focus();
};
$("back").onclick = leave;
$("filters").onsubmit = (event) => event.preventDefault();
for (const id of ["search", "filter", "sort"]) {
  $(id).oninput = () => { $("list").scrollTop = 0; selected = 0; soon(); };
}
// Only when rows are looked at that are not there.
$("list").onscroll = () => {
  const from = Number($("rows").dataset.from || 0), top = $("list").scrollTop / ROW;
  const bottom = top + $("list").clientHeight / ROW;
  if (top < from || bottom > Math.min(total, from + rows.length)) soon();
};
addEventListener("resize", soon);
// Charts are drawn in colours that are asked for once.
matchMedia("(prefers-color-scheme: dark)").onchange = () => {
  if (opened) open(opened);
  else latency();
};
addEventListener("keydown", (event) => {
  const typing = ["INPUT", "SELECT"].includes(event.target.tagName);
  if (event.key === "Escape") {
    // What was searched stays: a browser would clear a search field.
    if (typing) {
      event.preventDefault();
      event.target.blur();
    } else if (opened) leave();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key >= "1" && event.key <= String(VIEWS.length)) {
    opened = null;
    endCharts();
    go(VIEWS[Number(event.key) - 1]);
  } else if (event.key === "/") {
    event.preventDefault();
    opened = null;
    endCharts();
    go("symbols");
    $("search").focus();
  } else if (view === "symbols" && !opened) {
    const page = Math.floor($("list").clientHeight / ROW);
    const step = {j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total}[event.key];
    if (step) {
      event.preventDefault();
      select(selected + step);
    } else if (event.key === "Enter") {
      const symbol = rows[selected - Number($("rows").dataset.from)];
      if (symbol) open(symbol.key);
    }
  }
});

// A link that was cut off inside an escape still shows what is wrong.
const wanted = (() => {
  try {
    return decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  } catch (cut) {
    return "";
  }
})();
go(VIEWS.includes(wanted) ? wanted : "cases", false);
if (wanted.startsWith("key=")) open(wanted.slice(4));
else connect();
latency();
nodes();
