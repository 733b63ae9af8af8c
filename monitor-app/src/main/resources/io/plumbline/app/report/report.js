// The page: everything that was recorded is text here, never markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const id = (name) => document.getElementById(name);
  const SEVERITIES = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];
  const number = (n) => n.toLocaleString("en-US");
  const full = (us) => us === null ? "–" : `${Plots.day(us)} ${Plots.time(us, 3)}`;
  const el = (name, text, attributes) => {
    const node = document.createElement(name);
    if (text !== undefined && text !== null) node.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    return node;
  };
  const tag = (severity) => el("span", severity, {class: "tag", "data-severity": severity});
  const length = (ms) => ms < 1000 ? `${ms} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : ms < 36e5 ? `${Math.floor(ms / 60000)} min ${Math.round(ms % 60000 / 1000)} s` : `${Math.floor(ms / 36e5)} h ${Math.round(ms % 36e5 / 60000)} min`;
  const bytes = (n) => n >= 1e9 ? `${(n / 1e9).toFixed(1)} GB` : n >= 1e6 ? `${(n / 1e6).toFixed(1)} MB` : n >= 1e3 ? `${(n / 1e3).toFixed(0)} kB` : `${n} B`;
  const percent = (part, all) => all <= 0 ? "–" : part === all ? "100 %" : `${(Math.floor(part / all * 1e4) / 100).toFixed(2)} %`;

  function table(heads, rows) {
    const wide = el("div", null, {class: "wide"}), out = el("table"), head = el("tr");
    for (const [name, sort] of heads) head.append(el("th", name, {scope: "col", class: sort || ""}));
    out.append(el("thead"), el("tbody"));
    out.tHead.append(head);
    for (const row of rows) {
      const line = el("tr");
      row.forEach((cell, i) => {
        const td = el("td", cell instanceof Node ? null : cell, {class: heads[i][1] || ""});
        if (cell instanceof Node) td.append(cell);
        line.append(td);
      });
      out.tBodies[0].append(line);
    }
    wide.append(out);
    return wide;
  }

  function item(severity, ...content) {
    const li = el("li", null, {"data-severity": severity});
    li.append(...content);
    return li;
  }

  // Long lists are shown in portions; the button says how many are left.
  function portions(button, size, render) {
    let shown = size;
    const draw = () => {
      const total = render(shown);
      button.hidden = shown >= total;
      button.textContent = `Show ${Math.min(size, total - shown)} more of ${number(total - shown)}`;
    };
    button.addEventListener("click", () => { shown += size; draw(); });
    return {draw, reset: () => { shown = size; draw(); }, upTo: (n) => { if (n >= shown) { shown = n + 1; draw(); } }};
  }

  // ---- head --------------------------------------------------------------------------------
  const from = data.from === null ? 0 : data.from, to = data.to === null ? from : data.to;
  const files = data.files.map((f) => f.name).join(", ");
  document.title = `Replay report ${files}`;
  id("what").textContent = data.from === null ? files : `${files}: ${full(data.from)} to ${full(data.to)} UTC (${length((to - from) / 1000)})`;
  const found = Object.entries(data.findings).sort((a, b) => b[1] - a[1]);
  const judged = data.coverage.verified + data.coverage.unverifiable + data.coverage.quiet;
  const tile = (name, value, small) => {
    const box = el("div"), dd = el("dd", value);
    if (small) dd.append(el("small", small));
    box.append(el("dt", name), dd);
    id("tiles").append(box);
  };
  tile("Cases", number(data.casesOpened));
  tile("Pages", number(data.triggers), "a person would have been called");
  tile("Findings", number(found.reduce((sum, kind) => sum + kind[1], 0)), "edges of all sorts");
  tile("Verified", percent(data.coverage.verified, judged), judged ? "of the time of all keys" : "no key was watched");
  tile("Messages", number(data.messages), `and ${number(data.observations)} Redis values`);
  if (data.fault) id("what").after(el("p", `Prices are not shown from some point on: ${data.fault}`, {class: "warn"}));
  for (const damage of data.damages) id("tiles").before(el("p", damage, {class: "warn"}));

  // ---- difference --------------------------------------------------------------------------
  if (data.difference) {
    const d = data.difference, holder = id("difference-of");
    id("difference").hidden = false;
    document.querySelector('nav a[href="#difference"]').hidden = false;
    holder.append(el("p", `Compared with ${d.against}.`));
    const rows = ["new", "gone", "changed", "same"].map((name) => [name === "same" ? "the same" : name, number(d[name][0]), number(d[name][1])]);
    if (d.pagesBefore >= 0) rows.push(["pages", `${number(d.pagesBefore)} → ${number(d.pagesAfter)}`, ""]);
    holder.append(table([["", ""], ["findings", "n"], ["cases", "n"]], rows));
    for (const note of d.notes) holder.append(el("p", note, {class: "dim"}));
    if (d.changes.length) {
      const all = d.new[0] + d.gone[0] + d.changed[0];
      holder.append(el("h3", `Changes${all > d.changes.length ? `, the first ${number(d.changes.length)} of ${number(all)}` : ""}`));
      const list = el("ul", null, {class: "items"}), more = el("button", null, {type: "button"});
      holder.append(list, more);
      portions(more, 50, (most) => {
        list.replaceChildren(...d.changes.slice(0, most).map(([sort, line, text]) => {
          const head = el("div", null, {class: "head"});
          head.append(el("span", {new: "+ new", gone: "− gone", changed: "~ changed"}[sort], {class: `diff-${sort}`}), el("span", line));
          return item("", head, el("div", text, {class: "dim"}));
        }));
        return d.changes.length;
      }).draw();
    }
  }

  // ---- cases -------------------------------------------------------------------------------
  const cases = data.cases;
  cases.forEach((of, index) => { of.index = index; });
  const scenesOf = new Map();
  data.scenes.forEach((scene, index) => {
    scene.index = index;
    scene.to = scene.from + scene.columns * scene.width;
    for (const print of new Set(scene.marks.map((mark) => mark.fingerprint))) {
      if (!scenesOf.has(print)) scenesOf.set(print, []);
      scenesOf.get(print).push(scene);
    }
  });
  const sceneOf = (of) => (scenesOf.get(of.fingerprint) || []).find((s) => s.to >= of.since && s.from <= (of.end === null ? to + 1e9 : of.end));
  const told = {PAGED: "paged", GROUPED: "told by one page over several cases", ROLLED_UP: "in a storm's roll-up", NOTHING: "not paged"};
  let bars = new Map();

  function caseItem(of) {
    const li = el("li", null, {id: `case-${of.index}`, "data-severity": of.severity, tabindex: "-1"});
    const head = el("div", null, {class: "head"});
    head.append(tag(of.severity), el("b", of.kind), el("span", of.key || of.instrument || of.venue || of.fingerprint, {class: "where"}));
    const meta = el("div", null, {class: "meta"});
    meta.append(el("span", full(of.since)), el("span", of.end === null ? "still open at the end" : `for ${length((of.end - of.since) / 1000)}`),
      el("span", of.count === 1 ? "seen once" : `seen ${number(of.count)} times`), el("span", told[of.told] || of.told));
    if (of.inhibitedBy) meta.append(el("span", `its cause is told instead: ${of.inhibitedBy}`));
    li.append(head, el("div", of.first));
    if (of.text !== of.first) li.append(el("div", `→ ${of.text}`));
    li.append(meta);
    const scene = sceneOf(of);
    if (scene) {
      const go = el("button", "Show the prices", {type: "button", class: "go"});
      go.addEventListener("click", () => showScene(scene));
      li.append(go);
    }
    return li;
  }

  const caseText = cases.map((of) => `${of.kind} ${of.fingerprint} ${of.first} ${of.text}`.toLowerCase());
  const wanted = () => {
    const find = id("case-find").value.trim().toLowerCase(), least = Number(id("case-severity").value);
    return cases.filter((of) => SEVERITIES.indexOf(of.severity) >= least && (!find || caseText[of.index].includes(find)));
  };
  const caseList = portions(id("case-more"), 50, (most) => {
    const list = wanted();
    id("case-total").textContent = `${number(list.length)} of ${number(cases.length)}`;
    id("case-list").replaceChildren(...list.slice(0, most).map(caseItem));
    return list.length;
  });
  id("case-find").addEventListener("input", caseList.reset);
  id("case-severity").addEventListener("change", caseList.reset);
  caseList.draw();
  if (!cases.length) id("timeline").textContent = "There is no case.";

  const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  function mark(node) {
    document.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
    node.classList.add("chosen");
  }
  function chooseCase(index) {
    if (!wanted().some((of) => of.index === index)) { id("case-find").value = ""; id("case-severity").value = "0"; caseList.reset(); }
    caseList.upTo(wanted().findIndex((of) => of.index === index));
    const li = id(`case-${index}`);
    mark(li);
    bars.get(index)?.classList.add("chosen");
    const scene = sceneOf(cases[index]);
    if (scene) showScene(scene); else { li.scrollIntoView({behavior: smooth, block: "center"}); li.focus({preventScroll: true}); }
  }
  function drawTimeline() {
    if (cases.length) {
      const first = Math.min(from, ...cases.map((of) => of.since)), last = Math.max(to, ...cases.map((of) => of.end || of.last));
      bars = Plots.timeline(id("timeline"), cases, data.pages.filter((p) => !p.resolve), first, last, chooseCase);
    }
  }

  // ---- pages -------------------------------------------------------------------------------
  if (data.pages.length) {
    portions(id("page-more"), 50, (most) => {
      id("page-list").replaceChildren(...data.pages.slice(0, most).map((page) => {
        const head = el("div", null, {class: "head"});
        head.append(el("b", page.resolve ? "Resolved" : "Page"), tag(page.severity), el("span", page.kind), el("span", full(page.at), {class: "dim"}));
        return item(page.severity, head, el("div", page.text));
      }));
      return data.pages.length;
    }).draw();
  } else id("page-list").textContent = "Nobody would have been called.";

  // ---- prices ------------------------------------------------------------------------------
  const figures = data.scenes.map((scene) => {
    const figure = el("figure", null, {id: `scene-${scene.index}`, tabindex: "-1"}), caption = el("figcaption"), head = el("div", null, {class: "head"});
    head.append(tag(scene.severity), el("b", scene.key || scene.symbol), el("span", `${scene.symbol} ${scene.label} of ${scene.venue}`, {class: "dim"}));
    caption.append(head);
    const plot = el("div", null, {class: "plot"}), readout = el("div", null, {class: "readout"}), list = el("ul"), details = el("details");
    scene.marks.forEach((m) => {
      const li = el("li");
      li.append(el("b", `${Plots.time(m.at, 6)} ${m.kind} ${m.edge} `), document.createTextNode(m.text));
      list.append(li);
    });
    details.append(el("summary", scene.marks.length === 1 ? "1 finding" : `${scene.marks.length} findings`), list);
    figure.append(caption, plot, readout, details);
    id("scenes").append(figure);
    return {figure, plot, readout, details, scene, width: 0};
  });
  if (!figures.length) id("scenes").textContent = "Nothing was found about a single price.";
  const draw = (of) => {
    if (of.width !== of.plot.clientWidth) { of.width = of.plot.clientWidth; Plots.scene(of.plot, of.scene, of.readout); }
  };
  const near = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (entry.isIntersecting) draw(figures[Number(entry.target.id.slice(6))]);
  }), {rootMargin: "600px"});
  figures.forEach((of) => near.observe(of.figure));
  function showScene(scene) {
    const of = figures[scene.index];
    draw(of);
    of.details.open = true;
    mark(of.figure);
    of.figure.scrollIntoView({behavior: smooth, block: "center"});
    of.figure.focus({preventScroll: true});
  }

  // ---- coverage ----------------------------------------------------------------------------
  const span = Math.max(1, data.runs.reduce((sum, run) => sum + (run.to - run.from) / 1000, 0));
  id("sources").append(table([["connection", "text"], ["messages", "n"], ["bytes", "n"], ["live", "n"], ["went down", "n"], ["lost by the monitor", "n"], ["first", "time"], ["last", "time"]],
    data.sources.map((s) => [s.name, number(s.messages), bytes(s.bytes), s.kind === "PROBE" ? "–" : percent(Math.min(s.live, span), span), number(s.downs), number(s.dropped), full(s.first), full(s.last)])));
  const rows = data.coverage.rows;
  const priceText = rows.map((row) => `${row[0]} ${row[1]} ${row[2]}`.toLowerCase());
  const keyed = rows.some((row) => row[2]);
  const priceList = portions(id("price-more"), 100, (most) => {
    const find = id("price-find").value.trim().toLowerCase();
    const list = rows.filter((row, i) => !find || priceText[i].includes(find));
    id("price-total").textContent = `${number(list.length)} of ${number(rows.length)}${keyed ? ", least covered first" : ""}`;
    const heads = [["symbol", "text"], ["price", ""]].concat(keyed ? [["key", "text"], ["at the end", ""], ["verified", "n"], ["not verifiable", "n"], ["quiet", "n"]] : [], [["exchange events", "n"]], keyed ? [["Redis reads", "n"]] : []);
    id("price-list").replaceChildren(table(heads, list.slice(0, most).map((row) => {
      const [venue, symbol, key, label, verdict, verified, unverifiable, quiet, references, values] = row;
      const where = el("span", symbol);
      where.append(" ", el("small", venue));
      const all = verified + unverifiable + quiet;
      return [where, label].concat(keyed ? [key || "–", verdict || "–", percent(verified, all), key ? length(unverifiable) : "–", key ? length(quiet) : "–"] : [], [number(references)], keyed ? [key ? number(values) : "–"] : []);
    })));
    return list.length;
  });
  id("price-find").addEventListener("input", priceList.reset);
  priceList.draw();

  // ---- latency -----------------------------------------------------------------------------
  const hops = data.latencies.map((hop) => {
    const figure = el("figure"), caption = el("figcaption"), plot = el("div");
    const head = el("div", null, {class: "head"});
    head.append(el("b", hop.hop), el("span", hop.name, {class: "where"}));
    caption.append(head, el("div", hop.sentence, {class: "dim"}),
      el("div", `${number(hop.count)} values; p50 ${Plots.duration(hop.p50)}, p99 ${Plots.duration(hop.p99)}, p99.9 ${Plots.duration(hop.p999)}, most ${Plots.duration(hop.max)}`, {class: "meta"}));
    figure.append(caption, plot);
    id("hops").append(figure);
    return {plot, hop};
  });
  if (data.live) id("live").textContent = `${data.live}.`;
  if (!hops.length) id("hops").textContent = "The recording tells no latency.";

  // ---- what was replayed -------------------------------------------------------------------
  const facts = [["files", data.files.map((f) => `${f.name} (${bytes(f.bytes)})`).join(", ")],
    ["replayed by", `${data.version}, Java ${data.java}, journal format ${data.journalFormat}`],
    ["report made", `${full(data.made)} UTC`],
    ["messages", `${number(data.messages)}, ${number(data.unparsed)} of them unparsed, ${number(data.observations)} Redis values; ${number(data.rate)} messages/s in ${length(Math.round(data.wallNs / 1e6))}`],
    ["findings", found.length ? found.map(([kind, n]) => `${kind} ${number(n)}`).join(", ") : "none"],
    ["events", data.events.map(([venue, channel, n]) => `${venue} ${channel} ${number(n)}`).join(", ")]];
  id("replay").append(table([["", ""], ["", "text"]], facts));
  id("replay").append(table([["run", "n"], ["from, UTC", "time"], ["to, UTC", "time"], ["configuration", ""], ["instruments", "n"], ["keys", "n"], ["connections", "n"]],
    data.runs.map((run, i) => [number(i + 1), full(run.from), full(run.to), run.config, number(run.instruments), number(run.keys), number(run.sources)])));
  id("limits").append(table([["at most", "n"], ["of what", "text"], ["left out here", "n"]], data.limits.map((l) => [number(l.most), l.what, number(l.leftOut)])));
  id("config").textContent = data.config;

  let drawnAt = 0;
  function redraw() {
    if (document.documentElement.clientWidth === drawnAt) return;
    drawnAt = document.documentElement.clientWidth;
    drawTimeline();
    figures.filter((of) => of.width).forEach(draw);
    hops.forEach((of) => Plots.histogram(of.plot, of.hop.buckets));
  }
  redraw();
  addEventListener("resize", redraw);
  // Paper has no scrolling: every plot is drawn, and the first of each list stay as they are.
  addEventListener("beforeprint", () => figures.forEach(draw));
})();
