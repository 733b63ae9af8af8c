"use strict";
// Drawing: prices over each other, lag below, histograms. Numbers are for drawing only; texts stay exact.
const Charts = (() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const width = (holder) => Math.max(240, holder.clientWidth - 18);

  function axis(extra) {
    return Object.assign({stroke: css("--dim"), grid: {stroke: css("--line"), width: 1}, ticks: {stroke: css("--line"), width: 1}}, extra);
  }

  // Vertical lines where findings were, labelled by their kind.
  function marks(of) {
    return {
      hooks: {
        draw: [(plot) => {
          const {ctx, bbox} = plot;
          ctx.save();
          ctx.strokeStyle = css("--closed");
          ctx.fillStyle = css("--closed");
          ctx.lineWidth = devicePixelRatio;
          ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
          ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
          ctx.textAlign = "left";
          let last = -Infinity, line = 0;
          for (const mark of of()) {
            const x = plot.valToPos(mark.at, "x", true);
            if (x < bbox.left || x > bbox.left + bbox.width) continue;
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x, bbox.top + bbox.height);
            ctx.stroke();
            // Those that stand close together are written below each other.
            line = x - last > 130 * devicePixelRatio ? 0 : line + 1;
            if (line < 4) ctx.fillText(mark.text, x + 4 * devicePixelRatio, bbox.top + (12 + 13 * line) * devicePixelRatio);
            last = x;
          }
          ctx.restore();
        }],
      },
    };
  }

  function titled(holder, title) {
    holder.replaceChildren();
    const heading = document.createElement("h4");
    heading.textContent = title;
    holder.append(heading);
  }

  function line(holder, title, series, height, format, findings) {
    titled(holder, title);
    const plot = new uPlot({
      width: width(holder), height,
      plugins: [marks(findings)],
      scales: {x: {time: true}},
      axes: [axis({}), axis({size: 90, values: (_, ticks) => ticks.map(format)})],
      series: [{}, ...series],
    }, [[], ...series.map(() => [])], holder);
    const resize = new ResizeObserver(() => plot.setSize({width: width(holder), height}));
    resize.observe(holder);
    return {set: (data) => plot.setData(data), end: () => { resize.disconnect(); plot.destroy(); }};
  }

  function prices(holder, findings) {
    return line(holder, "Exchange and Redis", [
      {label: "exchange", stroke: css("--focus"), width: 2, paths: uPlot.paths.stepped({align: 1})},
      {label: "Redis", stroke: css("--closed"), width: 1.5, dash: [6, 4], paths: uPlot.paths.stepped({align: 1})},
    ], 260, (v) => v === null ? "" : Number(v.toPrecision(9)).toString(), findings);
  }

  function lag(holder, findings) {
    return line(holder, "Lag of the Redis value, ms", [
      {label: "lag", stroke: css("--caution"), width: 1.5, fill: css("--caution-back"), paths: uPlot.paths.stepped({align: 1})},
    ], 140, (v) => v === null ? "" : String(v), findings);
  }

  const DURATIONS = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]];
  function duration(ns) {
    if (ns === null || ns === undefined || ns < 0) return "–";
    for (const [unit, name] of DURATIONS) {
      if (ns >= unit) {
        const value = ns / unit;
        return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} ${name}`;
      }
    }
    return "0";
  }

  // Counts per bucket as bars of equal width: the buckets grow by 2 to 2.5.
  function histogram(holder, buckets) {
    const first = buckets.findIndex((b) => b[1] > 0);
    let last = buckets.length - 1;
    while (last > 0 && buckets[last][1] === 0) last--;
    holder.replaceChildren();
    if (first < 0) return;
    const shown = buckets.slice(Math.max(0, first - 1), last + 2);
    const canvas = document.createElement("canvas");
    holder.append(canvas);
    const w = width(holder), h = 110, ratio = devicePixelRatio;
    canvas.width = w * ratio;
    canvas.height = h * ratio;
    canvas.style.width = `${w}px`;
    canvas.style.height = `${h}px`;
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    const top = Math.max(...shown.map((b) => Math.log10(1 + b[1])));
    const step = w / shown.length;
    ctx.font = "10px system-ui, sans-serif";
    ctx.textAlign = "center";
    shown.forEach(([upTo, count], i) => {
      const bar = (h - 18) * Math.log10(1 + count) / top;
      ctx.fillStyle = css("--focus");
      ctx.fillRect(i * step + 1, h - 16 - bar, Math.max(1, step - 2), bar);
      if (i % Math.ceil(shown.length / (w / 52)) === 0) {
        ctx.fillStyle = css("--dim");
        const label = upTo === null ? "more" : `≤${duration(upTo).replace(/\.0+ /, " ")}`;
        const half = ctx.measureText(label).width / 2;
        ctx.fillText(label, Math.min(w - half, Math.max(half, i * step + step / 2)), h - 3);
      }
    });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Histogram from ${duration(shown[0][0])}, logarithmic counts`);
  }

  return {prices, lag, histogram, duration};
})();
