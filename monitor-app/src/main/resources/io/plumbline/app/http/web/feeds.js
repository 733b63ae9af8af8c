"use strict";
// ---- feeds, Redis nodes, latency

function bytes(count) {
  if (count === null || count === undefined) return "–";
  for (const [unit, name] of [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"]]) {
    if (count >= unit) return `${(count / unit).toFixed(1)} ${name}`;
  }
  return `${count} B`;
}

async function nodes() {
  if (view !== "feeds" || opened) return;
  const told = await json("/api/redis").catch(() => ({nodes: []}));
  $("nodes").hidden = told.nodes.length === 0;
  $("node-rows").replaceChildren(...told.nodes.map((node) => {
    const tr = element("tr"), state = element("td");
    state.append(tag(node.state, node.healthy ? "up" : "down"));
    tr.append(state);
    const memory = node.memory && `${bytes(node.memory.usedBytes)}${node.memory.maxmemory > 0 ? ` of ${bytes(node.memory.maxmemory)}` : ""}`;
    const replicas = node.replication && node.replication.replicas ? node.replication.replicas.length : null;
    for (const text of [
      `${node.redis} ${node.node}`, node.replication && node.replication.role, Charts.duration(node.pingNs), memory,
      node.operationsPerSecond, node.clients && node.clients.connected, replicas, node.problems.join("; ") || node.detail,
    ]) {
      tr.append(element("td", "", text === null || text === undefined ? "–" : text));
    }
    return tr;
  }));
}
setInterval(nodes, 2000);

function feeds() {
  $("feed-rows").replaceChildren(...overview.dependencies.map((item) => {
    const tr = element("tr");
    const state = element("td");
    state.append(tag(item.state, item.healthy ? "up" : "down"));
    tr.append(state);
    for (const text of [item.name, item.kind, Charts.duration(item.silentNs), ago(item.since), item.epoch, item.detail]) {
      tr.append(element("td", "", text === null ? "–" : text));
    }
    return tr;
  }));
}

async function latency() {
  if (view !== "latency" || opened) return;
  try {
    const [all, buckets] = await Promise.all([json("/api/latency"), json("/api/latency/buckets")]);
    $("hops").replaceChildren(...all.latency.filter((hop) => hop.total.count > 0).map((hop) => {
      const card = element("div", "hop");
      card.append(element("h4", "", hop.hop.replaceAll("_", " ")), element("p", "", `${hop.name}: ${hop.meaning}`));
      const holder = element("div");
      card.append(holder);
      const list = element("ul");
      for (const [label, field] of [["p50", "p50Ns"], ["p90", "p90Ns"], ["p99", "p99Ns"], ["p99.9", "p999Ns"], ["max", "maxNs"]]) {
        const interval = hop.interval.count > 0 ? ` (${Charts.duration(hop.interval[field])})` : "";
        list.append(element("li", "", `${label} ${Charts.duration(hop.total[field])}${interval}`));
      }
      list.append(element("li", "", `${hop.total.count} times`));
      card.append(list);
      const of = buckets.latency.find((b) => b.hop === hop.hop && b.name === hop.name);
      if (of) requestAnimationFrame(() => Charts.histogram(holder, of.buckets));
      return card;
    }));
  } catch (failure) {
    $("hops").textContent = `The monitor does not tell: ${failure.message}`;
  }
}
setInterval(latency, 2000);
