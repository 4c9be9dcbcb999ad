"use strict";
/* Draws the network that stands in the element "data". Names and sentences come from outside: they reach the page
   through textContent and fillText only. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const WORDS = {
    zh: {
      search: "搜索名称、拼音首字母或原文…  /", searchName: "搜索", none: "没有找到", hidden: "未绘出", legend: "图例", fit: "全图", names: "关系名",
      png: "导出 PNG", link: "复制链接", theme: "切换明暗", lang: "EN", langName: "Switch to English", narrowing: "范围", since: "从", until: "到", least: "至少几条关系", widen: "不再限定", kinds: "类别", toggle: "点击隐藏", only: "双击只看这一种",
      facts: "关系", said: "言论", dashes: "虚线", overview: "概览", intro: "点击节点或连线，看每条事实的原文出处。",
      dashed: "实线是报道的事实，虚线是有人说过的话。", part: (n, all) => `图大，先画出联系最紧密的 ${n} 个节点，全部 ${all} 个都可搜索。`,
      partEdges: (n, all) => `它们之间的 ${all} 条关系，画出出处最多的 ${n} 条。`,
      hubs: "联系最多", latest: "报道", status: (n, e) => `${n} 个节点 · ${e} 条关系`, count: (e, a) => `${e} 条关系 · ${a} 篇报道`, also: "又称：",
      more: (n) => `再显示 ${n} 条`, moreSentences: (n) => `另有 ${n} 处`, sure: (n) => `把握 ${n}%`, noSentence: "（只知出自此文）", noEvidence: "没有记下出处",
      noFacts: "没有与其他节点的关系", articles: "见于报道", path: "找路径", pickPath: "再点一个节点，看两者怎样相连", noPath: "两者之间没有通路", pathTitle: (n) => `最短路径 · ${n} 步`,
      copied: "链接已复制", notCopied: "请从地址栏复制链接", unknown: "图中没有链接所指的节点", canvas: "关系图：方向键选邻居，回车前往，Esc 返回", back: "回概览",
      keys: [["/", "搜索"], ["← →", "选邻居"], ["Enter", "前往"], ["Esc", "取消"], ["Shift", "+ 点击：路径"]], zoomIn: "放大", zoomOut: "缩小", inSentence: "原文",
    },
    en: {
      search: "Search names, pinyin initials or text…  /", searchName: "Search", none: "Nothing found", hidden: "not drawn", legend: "Legend", fit: "Fit", names: "Relation names",
      png: "Save PNG", link: "Copy link", theme: "Light or dark", lang: "中", langName: "切换到中文", narrowing: "Range", since: "From", until: "To", least: "At least n relations", widen: "Show all again", kinds: "Classes", toggle: "click to hide", only: "double click: only this",
      facts: "Relations", said: "Statements", dashes: "dashed", overview: "Overview", intro: "Click a node or a line to read the sentence behind each fact.",
      dashed: "Solid lines are reported facts, dashed lines what somebody said.", part: (n, all) => `A large graph: its ${n} best-connected nodes are drawn; search finds all ${all}.`,
      partEdges: (n, all) => `Of the ${all} relations between them the ${n} with most evidence are drawn.`,
      hubs: "Most connected", latest: "Reports", status: (n, e) => `${n} nodes · ${e} relations`, count: (e, a) => `${e} relations · ${a} reports`, also: "Also: ",
      more: (n) => `${n} more`, moreSentences: (n) => `${n} more places`, sure: (n) => `confidence ${n}%`, noSentence: "(only the report is known)", noEvidence: "no source recorded",
      noFacts: "No relation to other nodes", articles: "Reported in", path: "Find path", pickPath: "Now click another node to see how the two are connected", noPath: "No path joins the two", pathTitle: (n) => `Shortest path · ${n} steps`,
      copied: "Link copied", notCopied: "Copy the link from the address bar", unknown: "The link names a node that is not in this graph", canvas: "Network: arrow keys choose a neighbour, Enter goes there, Esc goes back", back: "Overview",
      keys: [["/", "search"], ["← →", "neighbour"], ["Enter", "go"], ["Esc", "clear"], ["Shift", "+ click: path"]], zoomIn: "Zoom in", zoomOut: "Zoom out", inSentence: "text",
    },
  };

  // ---------------------------------------------------------------- the data

  const nodes = data.nodes.map(([iri, kind, label, names, date, articles], id) => ({ id, iri, kind, label: label || iri, names, date, articles, edges: [] }));
  const edges = data.edges.map(([from, to, relation, curve, total, evidence], id) => ({ id, from, to, relation, curve, total, evidence }));
  for (const edge of edges) {
    nodes[edge.from].edges.push(edge.id);
    if (edge.to !== edge.from) nodes[edge.to].edges.push(edge.id);
  }
  const size = new Map(), place = new Map(), drawnEdges = new Set();
  for (const node of data.picture.nodes) { size.set(node.id, node.size); place.set(node.id, { x: node.x, y: node.y }); }
  for (const edge of data.picture.edges) drawnEdges.add(edge.id);
  const firstNodes = place.size, firstEdges = drawnEdges.size, joined = edges.filter((edge) => place.has(edge.from) && place.has(edge.to)).length;
  const paths = data.kinds.map((kind) => new Path2D(kind.path));

  let lang = data.lang === "en" ? "en" : "zh";
  let theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  let colours = {};
  let focus = null; // null, {node}, {edge} or {path: [nodes], steps: [edges]}
  let lit = null; // null or {nodes: Set, edges: Set}
  let hover = null, cursor = -1, allNames = false, picking = false, applied = null;
  const hiddenKinds = new Set(), hiddenRelations = new Set();
  const range = { since: "", until: "", least: 0 }; // ISO days, empty where open, and how many neighbours a node must have to be shown
  const within = (article) => { const day = (data.articles[article] || [])[1]; return Boolean(day) && (!range.since || day >= range.since) && (!range.until || day <= range.until); };
  const isTimed = () => Boolean(range.since || range.until);
  const reached = []; // how many neighbours a node has, counted when first asked for
  function reach(id) {
    if (reached[id] === undefined) reached[id] = new Set(nodes[id].edges.map((e) => other(edges[e], id)).filter((n) => n !== id)).size;
    return reached[id];
  }
  const t = () => WORDS[lang];

  // Control and direction marks would let a name rewrite the line that it stands in: they are shown, not obeyed.
  const shown = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").replace(/[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (mark) => `[U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
  const brief = (text, most) => { const all = Array.from(shown(text).slice(0, 4 * most + 8)); return all.length > most ? all.slice(0, most - 1).join("") + "…" : all.join(""); };

  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
      else if (value !== null && value !== undefined) made.setAttribute(name, value);
    }
    for (const child of children) if (child !== null && child !== undefined) made.append(child);
    return made;
  }
  const SVG = "http://www.w3.org/2000/svg";
  function svg(tag, attributes, ...children) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  function sign(kind, small) {
    const look = data.kinds[kind], colour = look[theme];
    const path = look.hollow ? { d: look.path, fill: "none", stroke: colour, "stroke-width": .42 } : { d: look.path, fill: colour };
    return svg("svg", { class: small ? "sign small" : "sign", viewBox: "-1.25 -1.25 2.5 2.5", "aria-hidden": "true" }, svg("path", path));
  }
  const stroke = (said) => svg("svg", { class: "stroke", viewBox: "0 0 20 10", "aria-hidden": "true" },
    svg("path", { d: "M0 5H14", stroke: "currentColor", "stroke-width": 1.4, fill: "none", ...(said ? { "stroke-dasharray": "4 2.5" } : {}) }), svg("path", { d: "M14 2L20 5L14 8Z", fill: "currentColor" }));
  const relationName = (edge) => data.relations[edge.relation][lang];

  // ---------------------------------------------------------------- the picture

  const scaled = (id, scale) => size.get(id) * Math.min(scale ** -.45, 2.4); // nodes grow more slowly than the picture
  function renderer({ ctx, id, x, y }) {
    const radius = scaled(id, network.getScale());
    return {
      drawNode() {
        const look = data.kinds[nodes[id].kind], dim = lit !== null && !lit.nodes.has(id), pixel = 1 / network.getScale() / radius;
        ctx.translate(x, y);
        ctx.scale(radius, radius);
        const shape = paths[nodes[id].kind];
        ctx.lineJoin = "round";
        const chosen = focus && (focus.node === id || (focus.path && (focus.path[0] === id || focus.path.at(-1) === id)));
        if (!dim) {
          ctx.lineWidth = (chosen ? 7 : id === cursor || id === hover ? 6 : 3.5) * pixel;
          ctx.strokeStyle = chosen ? colours.ink : id === cursor ? colours.accent : id === hover ? colours.soft : colours.ground;
          ctx.stroke(shape);
          if (chosen || id === cursor || id === hover) { ctx.lineWidth = 3 * pixel; ctx.strokeStyle = colours.ground; ctx.stroke(shape); }
        }
        ctx.fillStyle = colours.ground;
        ctx.globalAlpha = 1;
        if (dim || look.hollow) ctx.fill(shape);
        ctx.globalAlpha = dim ? .2 : 1;
        ctx.fillStyle = look[theme];
        if (!look.hollow) ctx.fill(shape);
        if (look.hollow) { ctx.lineWidth = Math.max(.36, 1.6 * pixel); ctx.strokeStyle = look[theme]; ctx.stroke(shape); }
      },
      nodeDimensions: { width: 2 * radius, height: 2 * radius },
    };
  }

  const visNode = (id) => ({ id, ...place.get(id), size: size.get(id), shape: "custom", ctxRenderer: renderer, hidden: !visible(id), label: undefined });
  function visEdge(id, width) {
    const edge = edges[id], bend = edge.curve / 100;
    return {
      id, from: edge.from, to: edge.to, width: width || 1 + .45 * Math.min(edge.total, 8) ** .5, dashes: data.relations[edge.relation].said ? [5, 4] : false,
      smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false, ...edgeLook(id),
    };
  }
  function edgeLook(id) {
    const on = lit !== null && lit.edges.has(id);
    const colour = on ? colours.accent : lit !== null ? colours.edgeDim : drawnEdges.size > 700 ? colours.edgeMany : colours.edge;
    return { color: { color: colour, hover: on ? colours.accent : colours.soft, highlight: colour, opacity: 1 }, hidden: !visibleEdge(id) };
  }
  const visible = (id) => !hiddenKinds.has(nodes[id].kind) && (!range.least || reach(id) >= range.least) && (!isTimed() || nodes[id].articles.some(within));
  const visibleEdge = (id) => !hiddenRelations.has(edges[id].relation) && (!isTimed() || edges[id].evidence.some(([article]) => within(article))) && visible(edges[id].from) && visible(edges[id].to);

  readColours();
  const shownNodes = new vis.DataSet([...place.keys()].map(visNode));
  const shownEdges = new vis.DataSet(data.picture.edges.map((edge) => visEdge(edge.id, edge.width)));
  const network = new vis.Network($("canvas"), { nodes: [], edges: [] }, data.picture.options);
  network.setData({ nodes: shownNodes, edges: shownEdges });

  function readColours() {
    root.dataset.theme = theme;
    const style = getComputedStyle(root);
    for (const [name, property] of [["ground", "--ground"], ["sheet", "--sheet"], ["ink", "--ink"], ["soft", "--soft"], ["accent", "--accent"], ["edge", "--edge"], ["edgeMany", "--edge-many"], ["edgeDim", "--edge-dim"], ["line", "--line"]])
      colours[name] = style.getPropertyValue(property).trim();
  }
  function recolour() {
    shownEdges.update([...drawnEdges].map((id) => ({ id, ...edgeLook(id) })));
    labels = null;
    network.redraw();
  }

  /* Draw nodes that the picture left out: next to what they are joined with, at the first free place of a spiral. */
  function ensureDrawn(wanted) {
    const fresh = wanted.filter((id) => !place.has(id));
    if (fresh.length) {
      const free = (x, y) => { for (const other of place.values()) if (Math.abs(other.x - x) < 118 && Math.abs(other.y - y) < 50) return false; return true; };
      for (const id of fresh) {
        const near = nodes[id].edges.map((e) => place.get(edges[e].from === id ? edges[e].to : edges[e].from)).filter(Boolean).slice(0, 12);
        let x = 0, y = 0;
        for (const point of near) { x += point.x / near.length; y += point.y / near.length; }
        for (let step = 0; ; step += 1) {
          const at = { x: Math.round(x + 30 * Math.sqrt(step) * Math.cos(step * 2.399963)), y: Math.round(y + 22 * Math.sqrt(step) * Math.sin(step * 2.399963)) };
          if (free(at.x, at.y)) { place.set(id, at); break; }
        }
        size.set(id, Math.min(6.5 + 2.35 * Math.max(nodes[id].edges.length - 1, 0) ** .5, 19));
      }
      shownNodes.add(fresh.map(visNode));
    }
    const joining = [];
    for (const id of wanted) for (const e of nodes[id].edges) if (!drawnEdges.has(e) && place.has(edges[e].from) && place.has(edges[e].to)) { drawnEdges.add(e); joining.push(e); }
    if (joining.length) shownEdges.add(joining.map((e) => visEdge(e)));
    if (fresh.length || joining.length) status();
  }

  /* Move to where the nodes fill the stage; at that size labels keep inside it, later ones may cross its border. */
  let frame = null;
  function fit(ids, most) {
    const width = $("canvas").clientWidth, height = $("canvas").clientHeight;
    if (!ids.length || !width) return;
    const aside = Math.min(64, width * .085), over = Math.min(44, height * .08);
    const xs = ids.map((id) => place.get(id).x), ys = ids.map((id) => place.get(id).y);
    const span = (all) => Math.max(...all) - Math.min(...all), middle = (all) => (Math.max(...all) + Math.min(...all)) / 2;
    const scale = Math.max(.03, Math.min(most, (width - 2 * aside) / Math.max(span(xs), 1), (height - 2 * over) / Math.max(span(ys), 1)));
    const x = middle(xs), y = middle(ys);
    frame = { scale, l: x * scale - width / 2 + 3, r: x * scale + width / 2 - 3, t: y * scale - height / 2 + 2, b: y * scale + height / 2 - 2 };
    labels = null;
    network.moveTo({ position: { x, y }, scale, animation: calm || !drawnOnce ? false : { duration: 380, easingFunction: "easeInOutQuad" } });
  }
  let drawnOnce = false;
  const fitAll = () => fit([...place.keys()].filter(visible), 1.25);
  const zoomBy = (factor) => network.moveTo({ scale: Math.max(.03, Math.min(5, network.getScale() * factor)) });

  // ---------------------------------------------------------------- labels

  const measure = document.createElement("canvas").getContext("2d");
  const FONT = getComputedStyle(document.body).fontFamily;
  const wide = (character) => (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u201c\u201d\u3000-\u303f]|[\ud840-\udbff]/.test(character) ? 1 : .56);
  const CLOSING = /[”’）】》」』，。、；：！？,.;:!?)\]…%]/, OPENING = /[“‘（【《「『(\[]/;
  const folded = new Map();

  /* One line up to nine Chinese characters wide, else two of about equal length, else two and an ellipsis. */
  function fold(id) {
    if (folded.has(id)) return folded.get(id);
    let all = Array.from(shown(nodes[id].label).slice(0, 200));
    let total = 0, cut = all.length;
    for (let index = 0; index < all.length; index += 1) { total += wide(all[index]); if (total > 18.5) { cut = index; break; } }
    if (cut < all.length || nodes[id].label.length > 200) all = [...all.slice(0, Math.max(cut - 1, 1)), "…"];
    total = all.reduce((sum, character) => sum + wide(character), 0);
    let lines = [all.join("")];
    if (total > 9.6) {
      let run = 0, at = 0;
      while (at < all.length && run < total / 2) { run += wide(all[at]); at += 1; }
      while (at < all.length && CLOSING.test(all[at])) at += 1;
      if (at > 1 && OPENING.test(all[at - 1])) at -= 1;
      if (/[A-Za-z0-9]/.test(all[at] || "")) { let word = at; while (word > 1 && /[A-Za-z0-9]/.test(all[word - 1])) word -= 1; if (at - word < 7 && word > 1) at = word; }
      lines = [all.slice(0, at).join("").trim(), all.slice(at).join("").trim()].filter(Boolean);
    }
    folded.set(id, lines);
    return lines;
  }

  /* Boxes in screen pixels, kept in cells so that a new box is compared with its surroundings only. */
  function ground() {
    const cells = new Map(), STEP = 64;
    const each = (box, run) => { for (let i = Math.floor(box.l / STEP); i <= Math.floor(box.r / STEP); i += 1) for (let j = Math.floor(box.t / STEP); j <= Math.floor(box.b / STEP); j += 1) if (run(`${i},${j}`)) return true; return false; };
    return {
      add: (box) => { each(box, (key) => { if (!cells.has(key)) cells.set(key, []); cells.get(key).push(box); return false; }); },
      taken: (box, own) => each(box, (key) => (cells.get(key) || []).some((other) => other.own !== own && box.l < other.r && other.l < box.r && box.t < other.b && other.t < box.b)),
    };
  }

  /* A label stands above where most edges come from below: it would hide the arrows otherwise. */
  function above(id) {
    const at = place.get(id), near = nodes[id].edges.filter((e) => drawnEdges.has(e) && visibleEdge(e) && (lit === null || lit.edges.has(e)));
    let down = 0, all = 0;
    for (const e of near) {
      const to = place.get(other(edges[e], id)), away = Math.hypot(to.x - at.x, to.y - at.y);
      if (away) { down += (to.y - at.y) / away; all += 1; }
    }
    return all > 0 && down / all > .62;
  }

  /* Where a label may stand, the best first; a hub's may stand further off. */
  function* spots({ x, y, radius }, across, tall, turned, hub) {
    const side = across / 2 + 1;
    for (const far of hub ? [0, 10, 22, 34] : [0]) {
      const gap = radius + 3 + far, low = [x, y + gap], high = [x, y - gap - tall];
      yield* turned ? [high, low] : [low, high];
      yield* [[x + gap + side, y - tall / 2], [x - gap - side, y - tall / 2]];
      const near = gap * .6 + side, slant = gap * .55;
      yield* [[x + near, y + slant], [x - near, y + slant], [x + near, y - slant - tall], [x - near, y - slant - tall]];
    }
  }

  let labels = null; // {scale, nodes: [...], edges: [...]}; positions in pixels, relative to the origin of the picture
  function layLabels() {
    const scale = network.getScale();
    if (!labels || Math.abs(labels.scale - scale) > 1e-9) labels = arranged(scale);
    return labels;
  }
  function arranged(scale) {
    const inside = frame && Math.abs(frame.scale - scale) < frame.scale * 1e-3 ? frame : null;
    const taken = ground(), placed = { scale, nodes: [], edges: [] };
    const some = lit !== null, order = [];
    for (const id of place.keys()) {
      if (!visible(id)) continue;
      const at = place.get(id), radius = scaled(id, scale) * scale, x = at.x * scale, y = at.y * scale;
      const wanted = !some || lit.nodes.has(id);
      if (wanted) { taken.add({ l: x - radius - 1, r: x + radius + 1, t: y - radius - 1, b: y + radius + 1, own: id }); order.push({ id, x, y, radius }); }
    }
    const first = (one) => (focus && (focus.node === one.id || (focus.path && focus.path.includes(one.id))) ? -2 : one.id === cursor ? -1 : 0);
    order.sort((a, b) => first(a) - first(b) || size.get(b.id) - size.get(a.id) || a.id - b.id);
    for (const one of order) {
      const whole_ = fold(one.id), heavy = (size.get(one.id) - 6.5) / 12.5;
      const pixels = 12 + Math.round(2.5 * heavy), font = `${heavy > .45 || first(one) < 0 ? 600 : 400} ${pixels}px ${FONT}`;
      measure.font = font;
      const hub = heavy > .45 || first(one) < 0, turned = above(one.id);
      const put = (lines) => {
        const across = Math.max(...lines.map((line) => measure.measureText(line).width)), tall = lines.length * (pixels + 2);
        for (const [x, y] of spots(one, across, tall, turned, hub)) {
          const box = { l: x - across / 2 - 2, r: x + across / 2 + 2, t: y - 1, b: y + tall, own: one.id };
          if (taken.taken(box, one.id) || (inside && (box.l < inside.l || box.r > inside.r || box.t < inside.t || box.b > inside.b))) continue;
          taken.add({ ...box, own: -1 });
          placed.nodes.push({ id: one.id, x, y, box, lines, font, step: pixels + 2 });
          return true;
        }
        return false;
      };
      if (!put(whole_) && hub && (whole_.length > 1 || whole_[0].length > 7)) put([brief(nodes[one.id].label, 6)]);
    }
    if (some || allNames) {
      const font = `11px ${FONT}`;
      measure.font = font;
      for (const id of drawnEdges) {
        if (!visibleEdge(id) || (some && !lit.edges.has(id))) continue;
        const curve = network.body.edges[id] && network.body.edges[id].edgeType;
        if (!curve) continue;
        const text = brief(relationName(edges[id]), 12), across = measure.measureText(text).width;
        for (const part of [.5, .6, .4, .68, .32]) {
          const point = curve.getPoint(part), x = point.x * scale, y = point.y * scale;
          const box = { l: x - across / 2 - 3, r: x + across / 2 + 3, t: y - 8, b: y + 8, own: -2 };
          if (taken.taken(box, null)) continue;
          taken.add({ ...box, own: -1 });
          placed.edges.push({ id, x, y, text, font });
          break;
        }
      }
    }
    return placed;
  }

  network.on("afterDrawing", (ctx) => {
    const laid = layLabels(), ratio = ctx.canvas.width / Math.max(1, ctx.canvas.clientWidth), origin = network.canvasToDOM({ x: 0, y: 0 });
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, origin.x * ratio, origin.y * ratio);
    ctx.textAlign = "center";
    ctx.lineJoin = "round";
    ctx.strokeStyle = colours.ground;
    ctx.textBaseline = "middle";
    ctx.lineWidth = 4;
    for (const label of laid.edges) {
      ctx.font = label.font;
      ctx.strokeText(label.text, label.x, label.y);
      ctx.fillStyle = lit !== null ? colours.accent : colours.soft;
      ctx.fillText(label.text, label.x, label.y);
    }
    ctx.textBaseline = "top";
    ctx.lineWidth = 3.5;
    ctx.fillStyle = colours.ink;
    for (const label of laid.nodes) write(ctx, label);
    if (hover !== null && place.has(hover) && visible(hover) && !laid.nodes.some((label) => label.id === hover)) {
      const scale = laid.scale, at = place.get(hover), lines = fold(hover), font = `400 12px ${FONT}`;
      ctx.font = font;
      const across = Math.max(...lines.map((line) => ctx.measureText(line).width)), x = at.x * scale, y = at.y * scale + scaled(hover, scale) * scale + 7;
      ctx.fillStyle = colours.sheet;
      ctx.strokeStyle = colours.line;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.roundRect(x - across / 2 - 7, y - 4, across + 14, lines.length * 14 + 8, 5);
      ctx.fill();
      ctx.stroke();
      ctx.strokeStyle = colours.sheet;
      ctx.fillStyle = colours.ink;
      write(ctx, { x, y, lines, font, step: 14 });
    }
    ctx.restore();
  });
  function write(ctx, label) {
    ctx.font = label.font;
    label.lines.forEach((line, index) => ctx.strokeText(line, label.x, label.y + index * label.step));
    label.lines.forEach((line, index) => ctx.fillText(line, label.x, label.y + index * label.step));
  }
  function labelAt(point) {
    const origin = network.canvasToDOM({ x: 0, y: 0 }), x = point.x - origin.x, y = point.y - origin.y;
    const found = labels && labels.nodes.find(({ box }) => x >= box.l && x <= box.r && y >= box.t && y <= box.b);
    return found ? found.id : null;
  }

  // ---------------------------------------------------------------- what is looked at

  const other = (edge, id) => (edge.from === id ? edge.to : edge.from);
  const neighbours = (id) => [...new Set(nodes[id].edges.filter(visibleEdge).map((e) => other(edges[e], id)))].filter((n) => n !== id && place.has(n));

  function look(next, move = true) {
    focus = next;
    cursor = -1;
    picking = false;
    lit = null;
    if (next && next.node !== undefined) {
      const id = next.node;
      showKind(id);
      const joined = [...new Set(nodes[id].edges.map((e) => other(edges[e], id)))].sort((a, b) => a - b);
      ensureDrawn([id, ...joined.filter((n) => !place.has(n)).slice(0, 30)]);
      lit = { nodes: new Set([id, ...neighbours(id)]), edges: new Set(nodes[id].edges.filter((e) => drawnEdges.has(e))) };
    } else if (next && next.edge !== undefined) {
      const edge = edges[next.edge];
      showKind(edge.from);
      showKind(edge.to);
      ensureDrawn([edge.from, edge.to]);
      lit = { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
    } else if (next) {
      next.path.forEach(showKind);
      ensureDrawn(next.path);
      lit = { nodes: new Set(next.path), edges: new Set(next.steps) };
    }
    recolour();
    panel();
    if (move && lit) fit([...lit.nodes].filter(visible), 1.5);
    setHash();
    closeLegend();
  }
  function showKind(id) {
    let changed = hiddenKinds.delete(nodes[id].kind);
    if (!visible(id)) { setRange({}); changed = true; }
    if (changed) filter();
  }
  function setRange({ since = "", until = "", least = "0" }) {
    const day = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : "");
    range.since = day(since);
    range.until = day(until);
    range.least = Math.min(Math.max(Number.parseInt(least, 10) || 0, 0), 1000);
    $("since").value = range.since;
    $("until").value = range.until;
    $("least").value = String(range.least);
    document.querySelector('[data-do="widen"]').hidden = !rangeCode();
  }
  const rangeCode = () => Object.entries(range).filter(([, value]) => value).map(([name, value]) => `&${name}=${value}`).join("");
  function narrow(next) {
    setRange(next);
    if (focus && lit && [...lit.nodes].every((id) => !visible(id))) look(null, false);
    filter();
    setHash();
  }
  function setHash() {
    const limits = rangeCode(), hash = (hashOf(focus) || (limits && "#")) + limits;
    if (hash !== location.hash) { applied = hash; location.hash = hash; }
  }

  const code = (text) => encodeURIComponent(text).replace(/%2F/g, "/").replace(/%3A/g, ":");
  function hashOf(state) {
    if (!state) return "";
    if (state.node !== undefined) return `#n=${code(nodes[state.node].iri)}`;
    if (state.edge !== undefined) { const edge = edges[state.edge]; return `#e=${[nodes[edge.from].iri, data.relations[edge.relation].name, nodes[edge.to].iri].map(code).join("~")}`; }
    return `#p=${code(nodes[state.path[0]].iri)}~${code(nodes[state.path.at(-1)].iri)}`;
  }
  function nodeOf(text) {
    let iri;
    try { iri = decodeURIComponent(text); } catch { return undefined; }
    return (nodes.find((node) => node.iri === iri || data.base + node.iri === iri) || nodes.find((node) => node.iri.endsWith(`/${iri}`) || iri.endsWith(`/${node.iri}`)) || {}).id;
  }
  function follow() {
    const hash = location.hash;
    if (hash === applied) return;
    applied = hash;
    const [chosen_, ...limits] = hash.split("&");
    const before = rangeCode();
    setRange(Object.fromEntries(limits.map((one) => one.split("="))));
    if (rangeCode() !== before) filter();
    const [kind, rest] = [chosen_.slice(0, 3), chosen_.slice(3).split("~")];
    const ids = kind === "#e=" ? [nodeOf(rest[0]), nodeOf(rest[2] || "")] : rest.map(nodeOf);
    if (!["#n=", "#e=", "#p="].includes(kind)) { look(null); return; }
    if (ids.some((id) => id === undefined)) { toast(t().unknown); return; }
    if (kind === "#n=") look({ node: ids[0] });
    else if (kind === "#p=") findPath(ids[0], ids[1] === undefined ? ids[0] : ids[1]);
    else {
      const found = nodes[ids[0]].edges.find((e) => edges[e].from === ids[0] && edges[e].to === ids[1] && code(data.relations[edges[e].relation].name) === rest[1]);
      if (found === undefined) toast(t().unknown); else look({ edge: found });
    }
  }

  function findPath(from, to) {
    const before = new Map([[from, null]]), queue = [from];
    for (let at = 0; at < queue.length && !before.has(to); at += 1)
      for (const e of nodes[queue[at]].edges) {
        const next = other(edges[e], queue[at]);
        if (visibleEdge(e) && !before.has(next)) { before.set(next, { node: queue[at], edge: e }); queue.push(next); }
      }
    if (!before.has(to) || from === to) { toast(t().noPath); return; }
    const path = [to], steps = [];
    for (let step = before.get(to); step; step = before.get(step.node)) { path.unshift(step.node); steps.unshift(step.edge); }
    look({ path, steps });
  }

  function filter() {
    shownNodes.update([...place.keys()].map((id) => ({ id, hidden: !visible(id) })));
    recolour();
    legend();
    status();
  }

  // ---------------------------------------------------------------- what stands beside the picture

  function status() {
    const n = [...place.keys()].filter(visible).length, e = [...drawnEdges].filter(visibleEdge).length;
    $("status").textContent = t().status(n, e);
    $("canvas").dataset.nodes = n;
    $("canvas").dataset.edges = e;
  }

  function entry(picture, text, count, hidden, set, all, id) {
    const turn = () => { if (set.has(id)) set.delete(id); else set.add(id); after(); };
    const only = () => { const alone = all.every((one) => one === id || set.has(one)) && !set.has(id); set.clear(); if (!alone) all.forEach((one) => one !== id && set.add(one)); after(); };
    const after = () => {
      if (focus && lit && [...lit.nodes].every((one) => !visible(one))) look(null, false);
      filter();
      document.querySelector(`[data-entry="${set === hiddenKinds ? "k" : "r"}${id}"]`)?.focus();
    };
    return el("li", {}, el("button", { type: "button", "aria-pressed": String(!hidden), "data-entry": `${set === hiddenKinds ? "k" : "r"}${id}`, title: `${shown(text)} · ${t().only}`, on: { click: turn, dblclick: only } },
      picture, el("span", {}, shown(text)), el("b", {}, String(count))));
  }
  function legend() {
    const byKind = data.kinds.map(() => 0), byRelation = data.relations.map(() => 0);
    nodes.forEach((node) => { byKind[node.kind] += 1; });
    edges.forEach((edge) => { byRelation[edge.relation] += 1; });
    const allKinds = [...byKind.keys()], allRelations = [...byRelation.keys()].sort((a, b) => byRelation[b] - byRelation[a] || a - b);
    $("kinds-title").replaceChildren(t().kinds, el("small", {}, t().toggle));
    $("relations-title").replaceChildren(t().facts);
    $("kinds").replaceChildren(...allKinds.map((id) => entry(sign(id), data.kinds[id][lang], byKind[id], hiddenKinds.has(id), hiddenKinds, allKinds, id)));
    const one = (id) => entry(stroke(data.relations[id].said), data.relations[id][lang], byRelation[id], hiddenRelations.has(id), hiddenRelations, allRelations, id);
    const said = allRelations.filter((id) => data.relations[id].said);
    $("relations").replaceChildren(...allRelations.filter((id) => !data.relations[id].said).map(one), ...(said.length ? [el("li", { class: "head" }, el("h2", {}, t().said, el("small", {}, t().dashes)))] : []), ...said.map(one));
  }

  const bdi = (text, most, name) => el("bdi", name ? { class: name } : {}, most ? brief(text, most) : shown(text));
  const opened = (node) => ({ click: () => look({ node }) });

  /* A sentence with the words that count marked, and the report that it stands in. */
  function quoted({ article, where, marks, sure }) {
    const sentence = data.sentences[where], report = data.articles[article], parts = [];
    if (sentence) {
      const all = Array.from(sentence), quote = el("blockquote", {});
      let at = 0;
      for (const [begin, end] of marks) {
        if (end <= at) continue;
        quote.append(shown(all.slice(at, Math.max(at, begin)).join("")), el("mark", {}, shown(all.slice(Math.max(at, begin), end).join(""))));
        at = end;
      }
      quote.append(shown(all.slice(at).join("")));
      parts.push(quote);
    }
    const cite = el("cite", report && report[2] ? { title: shown(report[2]) } : {});
    const cited = [report && report[1] && el("time", {}, shown(report[1])), report && report[0] && shown(report[0]), sure >= 0 && t().sure(sure), !sentence && t().noSentence].filter(Boolean);
    cited.forEach((part, index) => cite.append(index ? " · " : "", part));
    parts.push(cite);
    return parts;
  }
  function proof(evidence, total) {
    if (!evidence.length) return [el("cite", {}, t().noEvidence)];
    const made = new Map(); // one quotation a sentence, however many words of it count
    for (const [article, where, begin, end, sure] of evidence) {
      const key = `${article} ${where}`;
      if (!made.has(key)) made.set(key, { article, where, marks: [], sure });
      const one = made.get(key);
      if (end > begin) one.marks.push([begin, end]);
      one.sure = Math.max(one.sure, sure);
    }
    const all = [...made.values()], left = total - evidence.length;
    all.forEach((one) => one.marks.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    const last = left > 0 ? [el("cite", {}, t().moreSentences(left))] : [];
    if (all.length <= 2) return [...all.flatMap(quoted), ...last];
    return [...all.slice(0, 2).flatMap(quoted), el("button", { type: "button", class: "more", on: { click: (event) => event.currentTarget.replaceWith(...all.slice(2).flatMap(quoted), ...last) } }, t().moreSentences(all.length - 2 + Math.max(left, 0)))];
  }

  const way = (id, most) => el("button", { type: "button", class: "way", on: opened(id) }, sign(nodes[id].kind, true), bdi(nodes[id].label, most, "to"));
  const whole = (edge) => el("div", { class: "fact" }, el("div", { class: "ends" }, way(edge.from, 60), el("span", { class: "rel" }, `—${shown(relationName(edge))}→`), way(edge.to, 60)), ...proof(edge.evidence, edge.total));
  const row = (id, small) => el("li", {}, el("button", { type: "button", class: "row", on: opened(id) }, sign(nodes[id].kind), bdi(nodes[id].label, 60), small ? el("small", {}, small) : null));

  function inParts(list, many, make) {
    const box = el("div", {});
    const more = (from) => {
      box.append(...list.slice(from, from + many).map(make));
      if (list.length > from + many) box.append(el("button", { type: "button", class: "more", on: { click: (event) => { event.currentTarget.remove(); more(from + many); } } }, t().more(list.length - from - many)));
    };
    more(0);
    return box;
  }

  function panel() {
    const parts = [], inside = $("panel").contains(document.activeElement);
    if (focus === null) overview(parts);
    else if (focus.node !== undefined) about(nodes[focus.node], parts);
    else if (focus.edge !== undefined) parts.push(el("p", { class: "badge" }, stroke(data.relations[edges[focus.edge].relation].said)), el("h2", { class: "name", tabindex: "-1" }, shown(relationName(edges[focus.edge]))), whole(edges[focus.edge]), beside(edges[focus.edge]));
    else parts.push(el("h2", { class: "name", tabindex: "-1" }, t().pathTitle(focus.steps.length)), ...focus.steps.map((e) => whole(edges[e])));
    $("panel").replaceChildren(...parts.filter(Boolean));
    $("panel").scrollTop = 0;
    if (inside) $("panel").querySelector("h2")?.focus();
  }
  function beside(edge) {
    const same = nodes[edge.from].edges.map((e) => edges[e]).filter((one) => one.id !== edge.id && other(one, edge.from) === other(edge, edge.from));
    return same.length ? el("div", {}, ...same.map(whole)) : null;
  }
  function overview(parts) {
    parts.push(el("h2", { class: "name", tabindex: "-1" }, t().overview), el("p", { class: "note" }, t().intro), el("p", { class: "note" }, t().dashed));
    if (firstNodes < nodes.length) parts.push(el("p", { class: "note", id: "part" }, t().part(firstNodes, nodes.length)));
    if (firstEdges < joined) parts.push(el("p", { class: "note" }, t().partEdges(firstEdges, joined)));
    const hubs = nodes.map((node) => node.id).sort((a, b) => nodes[b].edges.length - nodes[a].edges.length || a - b).slice(0, 12).filter((id) => nodes[id].edges.length);
    if (hubs.length) parts.push(el("h3", {}, t().hubs), el("ol", {}, ...hubs.map((id) => row(id, String(nodes[id].edges.length)))));
    if (data.articles.length) parts.push(el("h3", {}, t().latest, el("small", {}, String(data.articles.length))), inParts(data.articles, 8, reportLine));
    parts.push(el("p", { class: "keys" }, ...t().keys.flatMap(([key, text]) => [el("kbd", {}, key), text])));
  }
  const reportLine = ([headline, date, source]) => el("p", { class: "note", title: shown(source) }, date ? el("time", {}, shown(date)) : "", date ? " · " : "", bdi(headline || source, 90));

  /* Facts that rest on the same sentences are told together, the latest first. */
  function together(group) {
    const made = new Map();
    for (const edge of group) {
      const key = edge.evidence.map(([article, where]) => `${article} ${where}`).join();
      if (!made.has(key)) made.set(key, []);
      made.get(key).push(edge);
    }
    const latest = (same) => (same[0].evidence.length && same[0].evidence[0][0] >= 0 ? same[0].evidence[0][0] : 1e9);
    return [...made.values()].sort((a, b) => latest(a) - latest(b) || b.length - a.length || a[0].id - b[0].id);
  }

  function about(node, parts) {
    const articles = new Set(node.articles);
    for (const e of node.edges) for (const [article] of edges[e].evidence) if (article >= 0) articles.add(article);
    parts.push(el("p", { class: "badge" }, sign(node.kind), data.kinds[node.kind][lang], node.date ? `· ${shown(node.date)}` : null), el("h2", { class: "name", tabindex: "-1" }, shown(node.label)));
    if (node.names.length) parts.push(el("p", { class: "also" }, t().also, ...node.names.flatMap((name, index) => [index ? "、" : "", bdi(name)])));
    parts.push(el("p", { class: "count" }, t().count(node.edges.length, articles.size)));
    parts.push(el("div", { class: "tools" }, el("button", { type: "button", on: { click: () => { picking = true; toast(t().pickPath); } } }, t().path), el("button", { type: "button", on: { click: () => { look(null); fitAll(); } } }, t().back)));
    const groups = new Map(), many = data.relations.length;
    for (const e of node.edges) {
      const key = edges[e].relation + (edges[e].from === node.id ? 0 : many);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(edges[e]);
    }
    for (const [key, group] of [...groups].sort((a, b) => a[0] - b[0])) {
      const name = shown(relationName(group[0]));
      parts.push(el("h3", {}, stroke(data.relations[group[0].relation].said), key < many ? `${name} →` : `← ${name}`, el("small", {}, String(group.length))));
      parts.push(inParts(together(group), 12, (same) => el("div", { class: "fact" },
        ...same.map((edge) => el("div", { class: "end", "data-node": other(edge, node.id) }, way(other(edge, node.id), 80))), ...proof(same.flatMap((edge) => edge.evidence), same.reduce((sum, edge) => sum + edge.total, 0)))));
    }
    if (!node.edges.length) parts.push(el("p", { class: "note" }, t().noFacts));
    if (articles.size) parts.push(el("h3", {}, t().articles, el("small", {}, String(articles.size))), inParts([...articles].sort((a, b) => a - b).map((article) => data.articles[article]), 8, reportLine));
  }

  // ---------------------------------------------------------------- search

  const readings = new Map(); // a character, and the letters that its readings begin with
  for (const [letter, characters] of Object.entries(data.initials)) for (const character of characters) readings.set(character, (readings.get(character) || "") + letter);

  /* How well letters fit the first letters of a name's characters: 0 the whole name, 1 its beginning, 2 within, 9 not at all. Signs do not count. */
  function byInitials(name, wanted) {
    const all = [];
    for (const character of name.slice(0, 120)) {
      const letters = readings.get(character) || (/[A-Za-z0-9]/.test(character) ? character.toLowerCase() : "");
      if (letters) all.push(letters);
    }
    for (let from = 0; from + wanted.length <= all.length; from += 1) {
      let length = 0;
      while (length < wanted.length && all[from + length].includes(wanted[length])) length += 1;
      if (length === wanted.length) return from ? 2 : all.length === wanted.length ? 0 : 1;
    }
    return 9;
  }

  let hits = [], chosen = 0, sentenceEdges = null;
  function seek() {
    const wanted = $("query").value.trim().toLowerCase();
    if (!wanted) { closeHits(); return; }
    const ranked = [], letters = /^[a-z]{2,}$/.test(wanted);
    for (const node of nodes) {
      let best = 9;
      for (const name of [node.label, ...node.names]) {
        const at = name.toLowerCase().indexOf(wanted);
        if (at >= 0) best = Math.min(best, (name === node.label ? 0 : .5) + (name.length === wanted.length ? 0 : at === 0 ? 1 : 2));
        else if (letters) best = Math.min(best, (name === node.label ? 3 : 3.5) + byInitials(name, wanted));
      }
      if (best < 9) ranked.push([best, node.id]);
    }
    hits = ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 12).map(([, node]) => ({ node }));
    if (wanted.length > 1 && hits.length < 12) {
      if (!sentenceEdges) { sentenceEdges = new Map(); for (const edge of edges) for (const [, where] of edge.evidence) if (!sentenceEdges.has(where)) sentenceEdges.set(where, edge.id); }
      for (const [where, edge] of sentenceEdges) { if (hits.length >= 15) break; if (data.sentences[where].toLowerCase().includes(wanted)) hits.push({ edge, where }); }
    }
    chosen = 0;
    listHits();
  }
  function listHits() {
    const items = hits.map((hit, index) => {
      const attributes = { role: "option", id: `hit${index}`, "aria-selected": String(index === chosen), on: { mousedown: (event) => { event.preventDefault(); take(index); } } };
      if (hit.node === undefined) return el("li", attributes, el("span", { class: "said" }, around(data.sentences[hit.where])), el("small", {}, t().inSentence));
      const node = nodes[hit.node];
      return el("li", attributes, sign(node.kind), bdi(node.label, 40), el("small", {}, place.has(hit.node) ? data.kinds[node.kind][lang] : `${data.kinds[node.kind][lang]} · ${t().hidden}`));
    });
    $("hits").replaceChildren(...(items.length ? items : [el("li", { class: "none" }, t().none)]));
    $("hits").hidden = false;
    $("query").setAttribute("aria-expanded", "true");
    if (items.length) { $("query").setAttribute("aria-activedescendant", `hit${chosen}`); items[chosen].scrollIntoView({ block: "nearest" }); }
  }
  function around(sentence) {
    const at = sentence.toLowerCase().indexOf($("query").value.trim().toLowerCase());
    return brief((at > 14 ? "…" : "") + sentence.slice(Math.max(0, at - 14)), 46);
  }
  function closeHits() { $("hits").hidden = true; hits = []; $("query").setAttribute("aria-expanded", "false"); $("query").removeAttribute("aria-activedescendant"); }
  function take(index) {
    const hit = hits[index];
    if (!hit) return;
    closeHits();
    $("query").blur();
    if (hit.node === undefined) look({ edge: hit.edge }); else pick(hit.node);
  }
  $("query").addEventListener("input", seek);
  $("query").addEventListener("focus", seek);
  $("query").addEventListener("blur", closeHits);
  $("query").addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") take(chosen);
    else if (event.key === "Escape") { $("query").value = ""; closeHits(); $("query").blur(); event.stopPropagation(); }
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length) { event.preventDefault(); chosen = (chosen + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length; listHits(); }
  });

  // ---------------------------------------------------------------- hands

  function pick(node) {
    if (picking && focus && focus.node !== undefined && node !== focus.node) findPath(focus.node, node);
    else look({ node });
  }
  network.on("click", (event) => {
    let node = event.nodes.length ? event.nodes[0] : labelAt(event.pointer.DOM);
    if (node === undefined) node = null;
    const shift = event.event && event.event.srcEvent && event.event.srcEvent.shiftKey;
    if (node !== null && shift && focus && focus.node !== undefined) findPath(focus.node, node);
    else if (node !== null) pick(node);
    else if (event.edges.length && (lit === null || lit.edges.has(event.edges[0]) || !focus)) look({ edge: event.edges[0] }, false);
    else if (focus) look(null, false);
  });
  network.on("hoverNode", ({ node }) => { hover = node; $("canvas").style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { hover = null; $("canvas").style.cursor = ""; network.redraw(); });
  network.on("hoverEdge", () => { $("canvas").style.cursor = "pointer"; });
  network.on("blurEdge", () => { $("canvas").style.cursor = ""; });
  network.on("dragEnd", ({ nodes: moved }) => { for (const id of moved) place.set(id, network.getPositions([id])[id]); if (moved.length) { labels = null; network.redraw(); } });
  network.on("zoom", ({ scale }) => { if (scale > 5 || scale < .03) network.moveTo({ scale: Math.max(.03, Math.min(5, scale)) }); });
  network.once("afterDrawing", () => { drawnOnce = true; });

  const actions = {
    legend: () => { const open = $("legend").classList.toggle("open"); document.querySelector('[data-do="legend"]').setAttribute("aria-expanded", String(open)); },
    fit: () => { closeLegend(); fitAll(); },
    names: () => { allNames = !allNames; labels = null; translate(); network.redraw(); },
    png: savePng, link: copyLink,
    widen: () => narrow({}),
    theme: () => { theme = theme === "dark" ? "light" : "dark"; readColours(); legend(); panel(); recolour(); },
    lang: () => { lang = lang === "zh" ? "en" : "zh"; translate(); legend(); status(); panel(); labels = null; network.redraw(); },
    in: () => zoomBy(1.3), out: () => zoomBy(1 / 1.3),
  };
  document.addEventListener("click", (event) => { const button = event.target.closest("[data-do]"); if (button) actions[button.dataset.do](); });
  function closeLegend() { $("legend").classList.remove("open"); document.querySelector('[data-do="legend"]').setAttribute("aria-expanded", "false"); }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === $("query")) return;
    if (event.key === "/") { event.preventDefault(); $("query").focus(); $("query").select(); return; }
    if (event.key === "Escape") { if ($("legend").classList.contains("open")) closeLegend(); else if (focus) { look(null); fitAll(); } return; }
    const at = document.activeElement;
    if (at && at !== document.body && !$("canvas").contains(at) && at.tagName !== "H2") return;
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (!focus || focus.node === undefined) { const first = [...place.keys()].find(visible); if (first !== undefined) look({ node: first }); return; }
    const near = around_(focus.node);
    if (event.key === "Enter") { if (cursor >= 0) look({ node: cursor }); return; }
    if (!near.length) return;
    const step = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : -1, now = near.indexOf(cursor);
    cursor = near[now < 0 ? (step > 0 ? 0 : near.length - 1) : (now + step + near.length) % near.length];
    for (const fact of $("panel").querySelectorAll(".end")) fact.classList.toggle("here", fact.dataset.node === String(cursor));
    $("panel").querySelector(".here")?.scrollIntoView({ block: "nearest" });
    labels = null;
    network.redraw();
  });
  /* Neighbours clockwise, from twelve o'clock on. */
  function around_(id) {
    const from = place.get(id), turn = (n) => { const to = place.get(n), angle = Math.atan2(to.x - from.x, from.y - to.y); return angle < 0 ? angle + 2 * Math.PI : angle; };
    return neighbours(id).filter(visible).sort((a, b) => turn(a) - turn(b) || a - b);
  }

  let toastTimer = 0;
  function toast(text) { $("toast").textContent = text; $("toast").hidden = false; clearTimeout(toastTimer); toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3200); }

  function copyLink() {
    const done = () => toast(t().copied), byHand = () => {
      const box = el("textarea", { readonly: "" });
      box.value = location.href;
      document.body.append(box);
      box.select();
      const copied = document.execCommand("copy");
      box.remove();
      toast(copied ? t().copied : t().notCopied);
    };
    if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(done, byHand); else byHand();
  }

  function savePng() {
    const from = document.querySelector("#canvas canvas"), ratio = from.width / Math.max(1, from.clientWidth), margin = 16 * ratio, line = 24 * ratio;
    const used = data.kinds.map((kind, id) => ({ kind, id })).filter(({ id }) => [...place.keys()].some((n) => nodes[n].kind === id && visible(n)));
    const to = document.createElement("canvas"), ctx = to.getContext("2d"), font = (px, weight = 400) => `${weight} ${px * ratio}px ${FONT}`;
    ctx.font = font(12);
    const rows = [[]];
    let x = margin;
    for (const one of used) {
      const across = ctx.measureText(one.kind[lang]).width + 40 * ratio;
      if (x + across > from.width - margin && rows.at(-1).length) { rows.push([]); x = margin; }
      rows.at(-1).push({ ...one, x });
      x += across;
    }
    const top = 44 * ratio, foot = rows.length * line + margin;
    to.width = from.width;
    to.height = from.height + top + foot;
    ctx.fillStyle = colours.ground;
    ctx.fillRect(0, 0, to.width, to.height);
    ctx.drawImage(from, 0, top);
    ctx.textBaseline = "middle";
    ctx.fillStyle = colours.ink;
    ctx.font = font(16, 600);
    ctx.fillText(brief(data.title, 40), margin, top / 2);
    ctx.font = font(12);
    rows.forEach((row_, index) => {
      for (const { kind, id, x: left } of row_) {
        const y = from.height + top + line * (index + .5);
        ctx.save();
        ctx.translate(left + 7 * ratio, y);
        ctx.scale(6 * ratio, 6 * ratio);
        if (kind.hollow) { ctx.lineWidth = .4; ctx.strokeStyle = kind[theme]; ctx.stroke(paths[id]); } else { ctx.fillStyle = kind[theme]; ctx.fill(paths[id]); }
        ctx.restore();
        ctx.fillStyle = colours.soft;
        ctx.fillText(kind[lang], left + 20 * ratio, y);
      }
    });
    to.toBlob((blob) => {
      const link = el("a", { href: URL.createObjectURL(blob), download: `${brief(data.title, 40).replace(/[\\/:*?"<>|.]+/g, "_") || "graph"}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }, "image/png");
  }

  for (const id of ["since", "until", "least"]) $(id).addEventListener("change", () => narrow({ since: $("since").value, until: $("until").value, least: $("least").value }));

  function translate() {
    $("narrowing-title").textContent = t().narrowing;
    for (const id of ["since", "until", "least"]) $(id).previousElementSibling.textContent = t()[id];
    root.lang = lang === "en" ? "en" : "zh-CN";
    $("query").placeholder = t().search;
    $("query").setAttribute("aria-label", t().searchName);
    $("canvas").setAttribute("aria-label", t().canvas);
    for (const button of document.querySelectorAll("[data-do]")) {
      const name = button.dataset.do;
      if (name === "theme") { button.textContent = "◐"; button.title = t().theme; button.setAttribute("aria-label", t().theme); }
      else if (name === "lang") { button.textContent = t().lang; button.title = t().langName; button.setAttribute("aria-label", t().langName); }
      else if (name === "in" || name === "out") button.setAttribute("aria-label", name === "in" ? t().zoomIn : t().zoomOut);
      else button.textContent = t()[name];
      if (name === "names") button.setAttribute("aria-pressed", String(allNames));
    }
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => { theme = event.matches ? "dark" : "light"; readColours(); legend(); panel(); recolour(); });
  addEventListener("hashchange", follow);
  let widthBefore = innerWidth;
  addEventListener("resize", () => { if (Math.abs(innerWidth - widthBefore) > 60) { widthBefore = innerWidth; requestAnimationFrame(() => { if (lit) fit([...lit.nodes].filter(visible), 1.5); else fitAll(); }); } });

  translate();
  legend();
  status();
  panel();
  fitAll();
  follow();
  network.redraw();

  /* For tests and for whoever embeds the page: where things are, and what is drawn. Positions are page pixels. */
  window.picture = Object.freeze({
    nodes: () => [...place.keys()].filter(visible).map((id) => data.base + nodes[id].iri),
    edges: () => [...drawnEdges].filter(visibleEdge).map((id) => [data.base + nodes[edges[id].from].iri, data.relations[edges[id].relation].name, data.base + nodes[edges[id].to].iri]),
    where: (iri) => { const at = network.canvasToDOM(place.get(nodeOf(iri))), box = $("canvas").getBoundingClientRect(); return { x: at.x + box.left, y: at.y + box.top }; },
    onEdge: (index) => { const at = network.canvasToDOM(network.body.edges[index].edgeType.getPoint(.5)), box = $("canvas").getBoundingClientRect(); return { x: at.x + box.left, y: at.y + box.top }; },
    labels: () => layLabels().nodes.map(({ id, box }) => ({ iri: data.base + nodes[id].iri, ...box })),
    circles: () => [...place.keys()].filter(visible).map((id) => { const s = network.getScale(), at = place.get(id); return { iri: data.base + nodes[id].iri, x: at.x * s, y: at.y * s, r: scaled(id, s) * s }; }),
    scale: () => network.getScale(),
  });
})();
