// Repeating rows: add one from the <template>, take one away. Without JavaScript the server's blank rows do.
// <div data-rows="prefix"> <input name="prefix-TOTAL_FORMS"> <div data-row>...</div> <template> <button data-add>

function total(box) {
  return box.querySelector(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`);
}

function visibleRows(box) {
  return [...box.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
}

function renumber(box) {
  visibleRows(box).forEach((row, index) => {
    const place = row.querySelector("[data-row-number]");
    if (place) place.textContent = String(index + 1);
  });
}

function isBlank(row) {
  if (row.querySelector("input[name$='-id']")?.value) return false;
  return [...row.querySelectorAll("input, select, textarea")].every((field) => {
    if (field.type === "hidden") return true;
    if (field.type === "checkbox" || field.type === "radio") return field.checked === field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].every((option) => option.selected === option.defaultSelected || !option.value);
    return field.value === "" || field.value === field.dataset.initial;
  });
}

function add(box) {
  const count = total(box);
  const limit = Number(box.querySelector(`input[name="${box.dataset.rows}-MAX_NUM_FORMS"]`)?.value || 1000);
  if (visibleRows(box).length >= limit) return;
  const piece = box.querySelector("template").innerHTML.replaceAll("__prefix__", count.value);
  const holder = document.createElement("div");
  holder.innerHTML = piece;
  const row = holder.querySelector("[data-row]");
  box.querySelector("[data-rows-end]").before(row);
  count.value = String(Number(count.value) + 1);
  renumber(box);
  row.dispatchEvent(new CustomEvent("rows-added", { bubbles: true }));
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function remove(box, row) {
  const mark = row.querySelector("input[name$='-DELETE']");
  if (mark) mark.checked = true;
  row.hidden = true;
  renumber(box);
  row.dispatchEvent(new Event("change", { bubbles: true }));
  box.querySelector("[data-add]")?.focus();
}

function prepare(box) {
  const keep = Number(box.dataset.keep ?? 1);
  for (const row of box.querySelectorAll("[data-row]")) {
    if (row.querySelector("input[name$='-DELETE']:checked")) row.hidden = true;
  }
  for (const row of visibleRows(box).reverse()) {
    if (visibleRows(box).length <= keep || !isBlank(row)) break;
    row.hidden = true;
    const mark = row.querySelector("input[name$='-DELETE']");
    if (mark) mark.checked = true;
  }
  renumber(box);
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-rows]");
  if (!box) return;
  if (event.target.closest("[data-add]")) {
    event.preventDefault();
    add(box);
  }
  const remover = event.target.closest("[data-remove]");
  if (remover) {
    event.preventDefault();
    remove(box, remover.closest("[data-row]"));
  }
});

for (const box of document.querySelectorAll("[data-rows]")) prepare(box);
