if (typeof document !== "undefined") {
  const trace = JSON.parse(document.getElementById("trace").textContent);
  const given = trace.given;
  const start = JSON.stringify(given);

  let rate = trace.rate;

  const KINDS = {
    value: "values", gradient: "gradients", local: "locals", path: "paths",
    after: "after", stepped: "stepped", early: "early",
  };
  const find = (result, key) => {
    const [kind, ...rest] = key.split(":");
    return result[KINDS[kind]][rest.join(":")];
  };

  const formulas = new Map([
    ...trace.steps.map((s) => [`value:${s.name}`, [s.formula]]),
    ...trace.locals.map((l) => [`local:${l.of}|${l.by}`, [l.formula]]),
    ...trace.backward.map((b) => [`gradient:${b.name}`, b.shares]),
    ...trace.update.map((u) => [`after:${u.name}`, [u.formula]]),
    ...trace.paths.map((path, i) => [`path:${i}`, path]),
  ]);
  const factors = (path, result) =>
    path.slice(1).map((by, i) => {
      const line = Written.text(result.locals[`${path[i]}|${by}`]);
      return line.startsWith("−") ? `(${line})` : line;
    });
  const unfold = (result) => {
    for (const place of document.querySelectorAll("[data-worked]")) {
      const key = place.dataset.worked;
      const terms = formulas.get(key) ?? [];
      const line = key.startsWith("path:")
        ? factors(terms, result).join(" · ")
        : terms.map((e) => Written.line(e, result.names)).join(" + ");
      const end = Written.text(find(result, key));
      place.textContent = line === end ? `= ${end}` : `= ${line} = ${end}`;
    }
  };

  const SAID = {
    same: "by differences the same ✓", other: "by differences not equal ✗", kink: "at a kink",
    none: "no differences here",
  };
  // Every derivative beside differences of what the page calculates.
  const check = (result) => {
    const end = trace.steps.at(-1).name;
    for (const place of document.querySelectorAll("[data-check]")) {
      const key = place.dataset.check;
      const local = trace.locals.find((l) => key === `local:${l.of}|${l.by}`);
      const name = local ? local.by : key.slice("gradient:".length);
      const step = trace.steps.find((s) => s.name === local?.of);
      const of = local
        ? (x) => Vitrine.evaluate(step.formula, { ...result.values, [name]: x }, trace.functions)
        : (x) => Vitrine.forward(trace, given, { [name]: x })[end];
      const said = Differences.judge(find(result, key), result.values[name], (x) => of(x).at[0]);
      place.textContent = SAID[said];
    }
  };

  const show = () => {
    const result = Vitrine.compute(trace, given, rate);
    unfold(result);
    check(result);
    for (const place of document.querySelectorAll("[data-number]")) {
      const found = find(result, place.dataset.number);
      const written = place.dataset.brief ? Written.brief(found) : Written.text(found);
      if (place.textContent !== written) {
        place.textContent = written;
        place.classList.remove("new");
        void place.getBoundingClientRect();
        place.classList.add("new");
      }
    }
    const moved = JSON.stringify(given) !== start || rate !== trace.rate;
    document.body.classList.toggle("changed", moved);
  };

  // A number is dragged sideways, or moved by the arrow keys: a hundredth of its size each time.
  const scrub = (input) => {
    const now = () => Number(input.value.trim().replace("−", "-"));
    const step = (value) => 10 ** Math.max(-2, Math.floor(Math.log10(Math.abs(value) || 1)) - 1);
    const become = (value, size) => {
      input.value = String(Number(value.toFixed(Math.max(0, -Math.log10(size)) + 1)));
      input.dispatchEvent(new Event("input"));
    };
    let from = null;
    input.addEventListener("pointerdown", (event) => {
      if (Number.isFinite(now())) {
        from = { x: event.clientX, value: now(), size: step(now()), moved: false };
        input.setPointerCapture(event.pointerId);
      }
    });
    input.addEventListener("pointermove", (event) => {
      if (from && (from.moved || Math.abs(event.clientX - from.x) > 3)) {
        from.moved = true;
        become(from.value + Math.round((event.clientX - from.x) / 3) * from.size, from.size);
      }
    });
    const end = () => (from = null);
    input.addEventListener("pointerup", end);
    input.addEventListener("pointercancel", end);
    input.addEventListener("keydown", (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (way && Number.isFinite(now())) {
        become(now() + way * step(now()), step(now()));
        event.preventDefault();
      }
    });
  };

  // What is typed is taken once it is a number.
  const field = (input, take) => {
    input.addEventListener("input", () => {
      const typed = input.value.trim().replace("−", "-");
      const good = typed !== "" && Number.isFinite(Number(typed));
      input.setAttribute("aria-invalid", String(!good));
      if (good) {
        take(Number(typed));
        show();
      }
    });
    scrub(input);
  };
  const fields = document.querySelectorAll("input[data-given]");
  for (const input of fields) {
    const { given: name, element } = input.dataset;
    field(input, (number) => (given[name].at[Number(element)] = number));
  }
  const eta = document.getElementById("rate");
  if (eta) field(eta, (number) => (rate = number));
  unfold(Vitrine.compute(trace, given, rate));
  document.getElementById("reset").addEventListener("click", () => {
    Object.assign(given, JSON.parse(start));
    rate = trace.rate;
    const write = (input, number) => {
      input.value = number;
      input.setAttribute("aria-invalid", "false");
    };
    for (const input of fields) {
      write(input, given[input.dataset.given].at[Number(input.dataset.element)]);
    }
    if (eta) write(eta, rate);
    show();
  });

  // The ways from the objective to a box, and no others, stay lit.
  const light = (figure, name) => {
    const lit = new Set(name ? [name] : []);
    const edges = [...figure.querySelectorAll("[data-from]")];
    for (let grown = 0; grown < lit.size; ) {
      grown = lit.size;
      edges.filter((e) => lit.has(e.dataset.from)).forEach((e) => lit.add(e.dataset.to));
    }
    figure.classList.toggle("lighting", lit.size > 0);
    for (const part of figure.querySelectorAll("[data-node]")) {
      part.classList.toggle("lit", lit.has(part.dataset.node));
    }
    for (const { classList, dataset } of edges) {
      classList.toggle("lit", lit.has(dataset.from) && lit.has(dataset.to));
    }
  };
  const figures = [...document.querySelectorAll("svg.trace")];
  for (const figure of figures) {
    for (const node of figure.querySelectorAll("[data-node]")) {
      node.addEventListener("mouseenter", () => light(figure, node.dataset.node));
      node.addEventListener("mouseleave", () => light(figure, ""));
      node.addEventListener("focus", () => light(figure, node.dataset.node));
      node.addEventListener("blur", () => light(figure, ""));
    }
  }

  // One of the drawings is seen: folded at first, and unfolded box by box.
  const fold = document.getElementById("fold");
  const look = (view) => {
    for (const figure of figures) {
      light(figure, "");
      figure.classList.toggle("away", figure.dataset.view !== view);
    }
    fold.classList.toggle("away", view === "folded");
  };
  if (fold) {
    for (const node of document.querySelectorAll("[data-opens]")) {
      const open = () => {
        look(node.dataset.opens);
        const left = figures.find((f) => !f.classList.contains("away"));
        left.querySelector("[data-opens], [data-node]").focus({ preventScroll: true });
      };
      node.addEventListener("click", open);
      node.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          open();
        }
      });
    }
    fold.addEventListener("click", () => look("folded"));
    look("folded");
  }
}
