"use strict";
// What is wrong: cases with their timeline, and what a person does about them. The token is asked for once and
// kept in this tab only.
const Cases = (() => {
  const items = new Map();    // fingerprint: {li, head, meta, more, item}
  let unfolded = null;
  let silencesDueMs = 0;

  const path = (fingerprint) => `/api/cases/${encodeURIComponent(fingerprint)}`;

  function metaOf(item) {
    const texts = [
      item.severity, item.kind, item.state.toLowerCase(), `for ${ago(item.since)}`,
      [item.venue, item.instrument].filter(Boolean).join(" "), item.key,
      item.findings > 1 ? `${item.findings} times` : "",
      item.acknowledged ? `${item.acknowledged.by} has it${item.acknowledged.note ? `: ${item.acknowledged.note}` : ""}` : "",
      item.silencedBy ? `silenced by ${item.silencedBy}` : "", item.inhibitedBy ? "explained by another" : "",
      item.marks.includes("FLAPPING") ? "comes and goes" : "",
    ];
    return texts.filter(Boolean).map((text) => element("span", "", text));
  }

  function made(fingerprint) {
    const li = element("li");
    const head = element("button", "what");
    head.type = "button";
    head.setAttribute("aria-expanded", "false");
    head.onclick = () => unfold(unfolded === fingerprint ? null : fingerprint);
    const meta = element("div", "meta");
    const more = element("div", "more");
    li.dataset.fingerprint = fingerprint;
    li.append(head, meta, more);
    return {li, head, meta, more, item: null};
  }

  // Rows are kept while their case stands, so that neither focus nor what is typed is lost.
  function show(list) {
    const stand = new Set(list.map((item) => item.fingerprint));
    for (const [fingerprint, row] of items) {
      if (!stand.has(fingerprint)) {
        row.li.remove();
        items.delete(fingerprint);
      }
    }
    let before = $("case-list").firstElementChild;
    for (const item of list) {
      let row = items.get(item.fingerprint);
      if (!row) items.set(item.fingerprint, row = made(item.fingerprint));
      if (row.head.textContent !== item.text) row.head.textContent = item.text;
      row.li.dataset.severity = item.severity;
      row.li.className = item.marks.length > 0 && !item.marks.includes("FLAPPING") ? "quietened" : "";
      row.meta.replaceChildren(...metaOf(item));
      const changed = row.item && row.item.updated !== item.updated;
      row.item = item;
      if (row.li !== before) $("case-list").insertBefore(row.li, before);
      else before = before.nextElementSibling;
      if (changed && unfolded === item.fingerprint) timeline(row);
    }
    document.querySelector("#cases .empty").hidden = list.length > 0;
    if (Date.now() > silencesDueMs) silences();
  }

  function unfold(fingerprint) {
    for (const [each, row] of items) {
      row.head.setAttribute("aria-expanded", String(each === fingerprint));
      if (each !== fingerprint) row.more.replaceChildren();
    }
    unfolded = fingerprint;
    const row = items.get(fingerprint);
    if (!row) return;
    const item = row.item;
    const cause = items.get(item.inhibitedBy);
    const actions = element("p", "actions");
    if (cause) actions.append(action("Its cause", () => { unfold(item.inhibitedBy); cause.head.focus(); }));
    if (item.key && item.instrument) actions.append(action("The symbol", () => open(item.key)));
    actions.append(
      action("Acknowledge", () => acknowledge(row)),
      action("Silence", () => silence(row)));
    row.more.replaceChildren(actions, element("div", "form"), element("ol", "timeline"));
    if (cause) row.more.prepend(element("p", "", `Explained by: ${cause.item.text}`));
    timeline(row);
  }

  function action(text, onclick) {
    const button = element("button", "", text);
    button.type = "button";
    button.onclick = onclick;
    return button;
  }

  async function timeline(row) {
    try {
      const whole = await json(path(row.item.fingerprint));
      const list = row.more.querySelector(".timeline");
      if (list) {
        list.replaceChildren(...whole.timeline.map((moment) => {
          const li = element("li");
          const time = element("time", "", moment.at.slice(11, 23));
          time.dateTime = moment.at;
          li.append(time, element("b", "", moment.what.toLowerCase().replaceAll("_", " ")), element("span", "", moment.detail));
          return li;
        }));
      }
    } catch (gone) {
      // The next overview no longer has it.
    }
  }

  // ---- orders

  function field(label, name, type, value) {
    const holder = element("label", "", `${label} `);
    const input = element("input");
    Object.assign(input, {name, type, value: value || "", required: name !== "note", autocomplete: "off"});
    holder.append(input);
    return holder;
  }

  function form(row, title, fields, send) {
    const holder = row.more.querySelector(".form");
    const made = element("form");
    const said = element("p", "said");
    said.setAttribute("role", "alert");
    made.append(field("Your name", "by", "text", sessionStorage.getItem("by")), ...fields);
    if (!sessionStorage.getItem("token")) made.append(field("Token", "token", "password"));
    const submit = element("button", "", title);
    submit.type = "submit";
    made.append(submit, action("Leave it", () => { holder.replaceChildren(); row.head.focus(); }), said);
    made.onsubmit = async (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(made));
      sessionStorage.setItem("by", given.by);
      if (given.token) sessionStorage.setItem("token", given.token.trim());
      const refused = await send(given);
      if (refused === "") {
        holder.replaceChildren();
        row.head.focus();
        silencesDueMs = 0;
        if (row.item) timeline(row);
      } else if (!sessionStorage.getItem("token") && !made.elements.token) {
        form(row, title, fields, send);
        row.more.querySelector(".said").textContent = refused;
      } else {
        said.textContent = refused;
        if (!sessionStorage.getItem("token")) {
          made.elements.token.value = "";
          made.elements.token.focus();
        }
      }
    };
    holder.replaceChildren(made);
    made.querySelector("input").focus();
  }

  // "" when it is done, else why not; a token that is none is forgotten.
  async function order(to, body) {
    try {
      const answer = await fetch(to, {
        method: "POST",
        headers: {"Authorization": `Bearer ${sessionStorage.getItem("token")}`, "Content-Type": "application/json"},
        body: JSON.stringify(body),
      });
      if (answer.ok) return "";
      if (answer.status === 401 || answer.status === 403) sessionStorage.removeItem("token");
      return (await answer.json()).error;
    } catch (failure) {
      return "The monitor does not answer.";
    }
  }

  function acknowledge(row) {
    form(row, "I have it", [field("Note", "note", "text")],
      (given) => order(`${path(row.item.fingerprint)}/ack`, {by: given.by, note: given.note}));
  }

  function silence(row) {
    const {kind, venue, instrument, key} = row.item;
    const matchers = {kind: [kind]};
    if (venue) matchers.venue = [venue];
    if (instrument) matchers.symbol = [instrument];
    if (key) matchers.source = [key];
    const minutes = field("Minutes", "minutes", "number", "60");
    Object.assign(minutes.querySelector("input"), {min: 1, max: 43200});
    form(row, "Do not page for it", [field("Why", "comment", "text"), minutes],
      (given) => order("/api/silences", {matchers, minutes: Number(given.minutes), by: given.by, comment: given.comment}));
  }

  async function silences() {
    silencesDueMs = Date.now() + 5000;
    try {
      const told = await json("/api/silences");
      const windows = told.maintenance.filter((window) => window.open);
      $("silences").hidden = told.silences.length + windows.length === 0;
      $("silence-list").replaceChildren(
        ...windows.map((window) => element("li", "", `${window.name}: ${about(window.matchers)}, maintenance until ${window.to} ${window.zone}`)),
        ...told.silences.map((item) => {
          const li = element("li", "", `${about(item.matchers)}, by ${item.by} until ${item.until.slice(0, 16).replace("T", " ")} UTC: ${item.comment} `);
          li.append(action("End it", () => expire(li, item.id)));
          return li;
        }));
    } catch (failure) {
      $("silences").hidden = true;
    }
  }

  function about(matchers) {
    return Object.values(matchers).flat().join(" ") || "all";
  }

  function expire(li, id) {
    const row = {more: element("div"), head: li.querySelector("button")};
    row.more.append(element("div", "form"));
    li.append(row.more);
    form(row, "End it", [], (given) => order(`/api/silences/${encodeURIComponent(id)}/expire`, {by: given.by}));
  }

  return {show, unfold};
})();
