(() => {
  const bar = document.getElementById("filters");
  const items = [...document.querySelectorAll("li.f")].map((e) => ({ e, doc: e.closest("details.doc"), text: null }));
  const docs = new Set(items.map((i) => i.doc));
  const text = document.getElementById("text");
  const rule = document.getElementById("rule");
  const shown = document.getElementById("shown");
  const boxes = [...bar.querySelectorAll("input[type=checkbox]")];
  if (!items.length) return;
  bar.hidden = false;
  const apply = () => {
    const word = text.value.trim().toLowerCase();
    const on = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
    const narrowed = word !== "" || rule.value !== "" || on.size < boxes.length;
    const live = new Set();
    let count = 0;
    for (const i of items) {
      if (word && i.text === null)
        i.text = (i.doc.querySelector("summary").textContent + " " + i.e.textContent).toLowerCase();
      const ok = on.has(i.e.dataset.s) && (!rule.value || i.e.dataset.r === rule.value) && (!word || i.text.includes(word));
      i.e.hidden = !ok;
      if (ok) { count++; live.add(i.doc); }
    }
    let opened = 0;
    for (const d of docs) {
      d.hidden = !live.has(d);
      if (narrowed && live.has(d) && opened++ < 30) d.open = true;
    }
    shown.textContent = count + " / " + items.length;
  };
  let timer = 0;
  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 150); });
  rule.addEventListener("change", apply);
  for (const b of boxes) b.addEventListener("change", apply);
  for (const b of document.querySelectorAll("button[data-rule]"))
    b.addEventListener("click", () => { rule.value = b.dataset.rule; apply(); bar.scrollIntoView({ block: "start" }); });
  for (const open of [true, false])
    document.getElementById(open ? "unfold" : "fold").addEventListener("click", () => { for (const d of docs) d.open = open && !d.hidden; });
  addEventListener("beforeprint", () => { for (const d of docs) d.open = true; });
  apply();
})();
