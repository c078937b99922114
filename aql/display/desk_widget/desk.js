// The page of the desk: it shows `view`, which Python makes, and sends a message for every tap. It decides nothing, and it
// says "recorded" only after Python has answered that the entry is on the disk. Text is set as text, never as HTML.

const PATIENCE = 4000; // how long an answer may take before the entry counts as not recorded [ms]
const PHOTO_PATIENCE = 20000;
const PART = 512 * 1024; // of a photograph [bytes]
const PAUSE = 250; // the large button rests after the item has changed, so that a double tap is one tap [ms]
const PICTURES = "image/jpeg,image/png,image/webp,image/gif";

function render({ model, el }) {
  const drafts = new Map(); // what was typed and not yet recorded, by item and field
  const said = element("p", { class: "said", role: "status" });
  const trouble = element("div", { class: "trouble", role: "alert" });
  const top = element("div", {});
  const entry = element("div", {});
  const right = element("div", {});
  const main = element("div", { class: "columns" }, element("div", {}, entry, trouble, said), right);
  const root = element("div", { class: "aql-desk", "data-lm-suppress-shortcuts": "true" }, top, main);
  let waiting = null; // the entry that was sent and not yet confirmed
  let timer = 0;
  let restedAt = 0;
  let shown = "";

  const view = () => model.get("view");
  const words = () => model.get("words");
  const draftOf = (field) => `${view().item?.of} ${view().item?.number} ${field}`;

  // Sending ------------------------------------------------------------------------------------

  function send(message, label, photo) {
    if (waiting) return;
    waiting = { message: { key: newKey(), ...message }, label, photo, state: "sending", text: "" };
    deliver();
  }

  function deliver() {
    waiting.state = "sending";
    keep(view().recording, waiting);
    clearTimeout(timer);
    timer = setTimeout(() => fail(words().no_answer), waiting.photo ? PHOTO_PATIENCE : PATIENCE);
    say(`${words().sending}: ${waiting.label}`, "");
    showWaiting();
    try {
      for (const [message, buffers] of parts(waiting)) model.send(message, undefined, buffers);
    } catch {
      fail(words().no_answer);
    }
  }

  function fail(text) {
    if (!waiting) return;
    clearTimeout(timer);
    Object.assign(waiting, { state: "failed", text });
    say("", "");
    showWaiting();
  }

  function answered(answer) {
    if (!waiting || answer?.key !== waiting.message.key) return;
    if (!answer.ok) {
      fail(answer.text);
      return;
    }
    clearTimeout(timer);
    const { message, label } = waiting;
    if (message.draft) drafts.delete(message.draft);
    waiting = null;
    forget(view().recording);
    say(message.do === "show" ? "" : `${words().recorded}: ${label}`, "good");
    showWaiting();
    draw();
  }

  function drop() {
    waiting = null;
    forget(view().recording);
    showWaiting();
  }

  // What is shown ------------------------------------------------------------------------------

  function say(text, tone) {
    said.textContent = tone === "good" && text ? `✓ ${text}` : text;
    said.dataset.tone = tone;
  }

  /** Show whether an entry is being sent or was not recorded; nothing else can be tapped meanwhile. */
  function showWaiting() {
    const failed = waiting?.state === "failed";
    const focused = trouble.contains(document.activeElement);
    trouble.replaceChildren();
    if (focused && !failed) focusOn("finish");
    if (failed) {
      const lost = waiting.message.do === "photo" && !waiting.photo;
      trouble.append(
        element("strong", {}, `${words().not_recorded}: ${waiting.label}`),
        element("p", {}, lost ? words().photo_lost : waiting.text),
        element(
          "div",
          { class: "row" },
          lost ? null : button("again", words().again, deliver, { class: "strong" }),
          button("drop", words().drop, drop, {}),
        ),
      );
      trouble.querySelector("button").focus();
    }
    root.classList.toggle("stopped", failed);
    rest();
  }

  /** Mark the buttons that cannot be tapped now. */
  function rest() {
    for (const one of main.querySelectorAll("button:not(.trouble button), .files")) {
      const resting = waiting !== null || (one.dataset.name === "finish" && Date.now() < restedAt);
      one.setAttribute("aria-disabled", String(resting));
    }
    for (const one of main.querySelectorAll("input")) one.disabled = waiting !== null;
  }

  function draw() {
    const { item } = view();
    root.lang = view().language;
    root.dataset.theme = isDark(el) ? "dark" : "light";
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    const place = item ? `${item.of} ${item.number}` : "";
    if (place !== shown) {
      shown = place;
      restedAt = Date.now() + PAUSE;
      setTimeout(rest, PAUSE + 10);
    }
    top.replaceChildren(heading(), chips());
    entry.replaceChildren(form());
    right.replaceChildren(tally());
    rest();
    if (focused) focusOn(focused);
  }

  function focusOn(name) {
    const found = [...main.querySelectorAll("[data-name]")].find((one) => one.dataset.name === name);
    (found ?? main.querySelector("[data-name=finish], [data-name]"))?.focus({ preventScroll: true });
  }

  function heading() {
    const { title, order, progress, decision, tone } = view();
    return element(
      "div",
      { class: "heading" },
      element("div", {}, element("h2", {}, title), element("p", { class: "dim" }, order)),
      element("div", { class: "end" }, badge(decision, tone), element("p", { class: "dim" }, progress)),
    );
  }

  /** The tally in one line, for a narrow page. */
  function chips() {
    const each = view().lines.map((line) =>
      element("li", { "data-tone": line.tone }, `${line.name} `, element("b", {}, line.found), ` · ${line.limits}`),
    );
    return element("ul", { class: "chips", "aria-label": words().tally }, ...each);
  }

  function tally() {
    const { lines, chance, notes, file, item } = view();
    const missing = view().missing.filter((one) => item?.of !== "items" || one.item !== item.number);
    const id = `aql-${newKey()}`;
    return element(
      "section",
      { class: "tally", "aria-labelledby": id },
      element("h2", { id }, words().tally),
      ...lines.map(lineCard),
      chance ? element("p", {}, chance) : null,
      missing.length
        ? element(
            "div",
            {},
            element("h3", {}, words().missing),
            ...missing.map((one) =>
              button(`missing ${one.item}`, one.text, () => go({ item: one.item, of: "items" }, one.text), {
                class: "link",
              }),
            ),
          )
        : null,
      ...notes.map((note) => element("p", { class: "note" }, note)),
      element("p", { class: "dim small" }, file),
    );
  }

  function lineCard(line) {
    const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("span", {}));
    bar.firstChild.style.width = `${100 * line.share}%`;
    return element(
      "div",
      { class: "line", "data-tone": line.tone },
      element("div", { class: "between" }, element("h3", {}, line.name), badge(line.badge, line.tone)),
      element(
        "p",
        { class: "between" },
        element("span", {}, element("b", { class: "large" }, line.found), ` ${words().found}`),
        element("span", { class: "limits" }, line.limits),
      ),
      bar,
      element("p", { class: "dim small" }, line.sample),
      line.decided ? element("p", { class: "decided" }, line.decided) : null,
      line.chance ? element("p", { class: "dim small" }, line.chance) : null,
    );
  }

  function form() {
    const { item, complete, places, last, further } = view();
    const { undo } = words();
    const back = last
      ? button("undo", undo, () => send({ do: "undo", event: last.number }, `${undo}: ${last.text}`), {
          title: last.text,
        })
      : null;
    if (!item) {
      return element(
        "section",
        { class: "form" },
        complete ? element("p", { class: "large" }, complete) : null,
        ...places.map((one) => button(`to ${one.of}`, one.text, () => go(one, one.text), { class: "strong wide" })),
        element("div", { class: "row" }, back),
      );
    }
    const cartons = places.filter((one) => one.of !== item.of);
    const id = `aql-${newKey()}`;
    return element(
      "section",
      { class: "form", "aria-labelledby": id },
      element(
        "div",
        { class: "between" },
        element("h2", { id }, item.label),
        element(
          "div",
          { class: "row steps" },
          ...cartons.map((one) => button(`to ${one.of}`, one.text, () => go(one, one.text), {})),
          step("‹", words().before, item.number - 1, item),
          step("›", words().after, item.number + 1, item),
        ),
      ),
      ...further.map((one) => element("p", { class: "note" }, one)),
      item.readings.length ? element("h3", {}, words().readings) : null,
      ...item.readings.map((one) => reading(item, one)),
      item.defects.length ? element("h3", {}, words().defects) : null,
      ...defects(item),
      item.defects.length ? noteField() : null,
      item.recorded.length || item.photos
        ? element(
            "div",
            { class: "done" },
            element("h3", {}, words().recorded_here),
            element(
              "ul",
              {},
              ...item.recorded.map((one) => element("li", {}, one)),
              item.photos ? element("li", {}, item.photos) : null,
            ),
          )
        : null,
      element(
        "div",
        { class: "actions" },
        element("div", { class: "row" }, back, ...(item.takes_photos ? photoButtons(item) : [])),
        item.finish
          ? button("finish", item.finish, () => finish(item), {
              class: "strong wide finish",
              "aria-keyshortcuts": "0",
            })
          : null,
        item.defects.length ? element("p", { class: "dim small keys" }, words().keys) : null,
      ),
    );
  }

  function step(sign, label, number, item) {
    if (number < 1 || number > item.most) return null;
    return button(sign, sign, () => go({ item: number, of: item.of }, label), { "aria-label": label, class: "step" });
  }

  function reading(item, one) {
    const field = draftOf(one.term);
    const label = `${one.text}${one.unit ? ` [${one.unit}]` : ""}`;
    const id = `aql-${newKey()}`;
    const facts = element(
      "div",
      {},
      element("span", { class: "text", id }, label),
      element("span", { class: "dim small" }, [one.agreed, one.class].filter(Boolean).join(" · ")),
    );
    if (one.recorded) {
      const sign = one.conforms === null ? "" : one.conforms ? "✓ " : "✗ ";
      const tone = one.conforms === null ? "" : one.conforms ? "good" : "bad";
      return element("div", { class: "reading" }, facts, badge(`${sign}${one.recorded}`, tone));
    }
    const record = (value) => {
      if (value.trim() === "") return;
      const message = { do: "record", item: item.number, of: item.of, term: one.term, value: value.trim(), draft: field };
      send(message, `${item.label}: ${one.text}, ${value.trim()} ${one.unit}`.trim());
    };
    const entry = [];
    for (const [value, text] of one.choices) {
      entry.push(button(`${one.term} ${value}`, text, () => record(value), { "aria-describedby": id }));
    }
    const typed = one.kind !== "choice" || (one.choices.length > 0 && one.agreed && !isYesNo(one));
    if (typed) entry.push(...textEntry(one, field, id, record));
    if (one.not_applicable) {
      entry.push(button(`${one.term} n/a`, words().not_applicable, () => record("N/A"), { "aria-describedby": id }));
    }
    return element("div", { class: "reading", role: "group", "aria-labelledby": id }, facts, element("div", { class: "row" }, ...entry));
  }

  function textEntry(one, field, id, record) {
    const input = element("input", {
      type: "text",
      autocomplete: "off",
      "aria-labelledby": id,
      "data-name": `${one.term} value`,
      placeholder: one.kind === "choice" ? words().other : "",
    });
    if (one.kind === "number") input.inputMode = "decimal";
    input.value = drafts.get(field) ?? "";
    input.addEventListener("input", () => drafts.set(field, input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") record(input.value);
    });
    return [
      input,
      button(`${one.term} record`, words().record, () => record(input.value), { class: "strong", "aria-describedby": id }),
    ];
  }

  function defects(item) {
    let number = 0;
    return item.defects.map((group) =>
      element(
        "div",
        { class: "class", role: "group", "aria-label": group.name },
        element("span", { class: "dim small" }, group.name),
        element(
          "div",
          { class: "grid" },
          ...group.buttons.map((one) => {
            number += 1;
            const key = number < 10 ? String(number) : "";
            const name = `defect ${group.class} ${one.term}`;
            const made = button(name, one.text, () => defect(item, group, one), {
              class: one.times ? "defect some" : "defect",
              "data-key": key,
              "aria-keyshortcuts": key || null,
            });
            if (one.times) made.append(element("b", { class: "times" }, `× ${one.times}`));
            if (key) made.prepend(element("kbd", { "aria-hidden": "true" }, key));
            return made;
          }),
        ),
      ),
    );
  }

  function noteField() {
    const id = `aql-${newKey()}`;
    const field = draftOf("note");
    const input = element("input", { id, type: "text", autocomplete: "off", "data-name": "note" });
    input.value = drafts.get(field) ?? "";
    input.addEventListener("input", () => drafts.set(field, input.value));
    return element("div", { class: "field" }, element("label", { for: id, class: "dim small" }, words().note), input);
  }

  function photoButtons(item) {
    return [
      ["camera", { capture: "environment" }],
      ["file", {}],
    ].map(([name, how]) => {
      const input = element("input", { type: "file", accept: PICTURES, "data-name": name, "aria-label": words()[name], ...how });
      input.addEventListener("change", () => photograph(item, input));
      return element("label", { class: "files" }, words()[name], input);
    });
  }

  // What a tap does ----------------------------------------------------------------------------

  function go(place, label) {
    send({ do: "show", item: place.item, of: place.of }, label);
  }

  function finish(item) {
    if (Date.now() < restedAt) return;
    if (item.done) {
      const next = view().places.find((one) => one.of === "items") ?? { item: Math.min(item.number + 1, item.most), of: "items" };
      go(next, item.finish);
      return;
    }
    send({ do: "record", item: item.number, of: item.of }, item.finished);
  }

  function defect(item, group, one) {
    const field = draftOf("note");
    const note = (drafts.get(field) ?? "").trim();
    const what = one.term ? { term: one.term } : { class: group.class };
    const label = `${item.label}: ${one.text}${note ? ` · ${note}` : ""}`;
    send({ do: "record", item: item.number, of: item.of, ...what, note, draft: field }, label);
  }

  async function photograph(item, input) {
    const file = input.files[0];
    if (!file || waiting) return;
    const field = draftOf("note");
    const note = (drafts.get(field) ?? "").trim();
    const photo = new Uint8Array(await file.arrayBuffer());
    input.value = "";
    send({ do: "photo", item: item.number, of: item.of, note, draft: field }, `${item.label}: ${file.name}`, photo);
  }

  function onKey(event) {
    event.stopPropagation(); // a notebook takes 1 to 6 for the kind of a cell
    const typing = event.target.matches("input:not([type=file])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || waiting || event.repeat) return;
    if (event.key === "0") main.querySelector("[data-name=finish]")?.click();
    else if (/^[1-9]$/.test(event.key)) main.querySelector(`[data-key="${event.key}"]`)?.click();
  }

  // Life ---------------------------------------------------------------------------------------

  const themes = new MutationObserver(() => {
    root.dataset.theme = isDark(el) ? "dark" : "light";
  });
  for (const one of [document.documentElement, document.body]) themes.observe(one, { attributes: true });
  root.addEventListener("keydown", onKey);
  model.on("change:view", draw);
  model.on("msg:custom", answered);
  el.append(root);
  draw();
  const kept = left(view().recording);
  if (kept) {
    waiting = kept;
    fail(words().left_over);
  }
  return () => {
    clearTimeout(timer);
    themes.disconnect();
    model.off("change:view", draw);
    model.off("msg:custom", answered);
  };
}

// Pieces of the page -----------------------------------------------------------------------------

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children.filter((one) => one !== null));
  return made;
}

function button(name, text, tapped, attributes) {
  const made = element("button", { type: "button", "data-name": name, ...attributes }, element("span", {}, text));
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-disabled") !== "true") tapped();
  });
  return made;
}

function badge(text, tone) {
  return element("span", { class: "badge", "data-tone": tone }, text);
}

function isYesNo(one) {
  return one.choices.some(([value]) => value === "yes" || value === "OK");
}

/** Whether the theme is dark: as JupyterLab says, elsewhere by the text around the widget, which is then light. */
function isDark(el) {
  const light = document.body.dataset.jpThemeLight;
  if (light !== undefined) return light === "false";
  const [r, g, b] = getComputedStyle(el).color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
  const most = getComputedStyle(el).color.startsWith("color(") ? 1 : 255;
  return (0.3 * r + 0.59 * g + 0.11 * b) / most > 0.5;
}

// Entries on their way ---------------------------------------------------------------------------

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** The messages of an entry, each with its buffers: one, or one for each part of a photograph. */
function parts({ message, photo }) {
  if (!photo) return [[message, []]];
  const count = Math.max(Math.ceil(photo.length / PART), 1);
  return Array.from({ length: count }, (_, part) => [
    { ...message, part, parts: count, size: photo.length },
    [new DataView(photo.slice(part * PART, (part + 1) * PART).buffer)],
  ]);
}

/** Keep an entry in the browser until it is confirmed, without the bytes of a photograph. */
function keep(recording, { message, label }) {
  if (message.do === "show") return;
  try {
    localStorage.setItem(`aql-desk-${recording}`, JSON.stringify({ message, label }));
  } catch {
    // Without storage, an entry that was not confirmed is offered again only while the page is open.
  }
}

function forget(recording) {
  try {
    localStorage.removeItem(`aql-desk-${recording}`);
  } catch {
    // As above.
  }
}

function left(recording) {
  try {
    return JSON.parse(localStorage.getItem(`aql-desk-${recording}`));
  } catch {
    return null;
  }
}

export default { render };
