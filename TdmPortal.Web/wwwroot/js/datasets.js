// The grid's keys and selection, menus that open where their button is, and the clipboard.

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS, and where the permission is refused: the old way, inside the dialog that has the focus if one is open.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    const before = document.activeElement;
    (document.activeElement?.closest("dialog, .rz-dialog") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus?.({ preventScroll: true });
    return done;
  }
}

/** Arrow keys, blocks of cells by mouse and shift, paging at the edges. `component` is RowGrid. */
export function attachGrid(root, component) {
  let focus = { r: 0, c: 0 };
  let anchor = null;
  let dragging = false;
  let waiting = null;
  const table = () => root.querySelector("table");
  const rows = () => table().tBodies[0].rows;
  const at = (r, c) => rows()[r]?.querySelector(`[data-c="${c}"]`);
  const placeOf = element => {
    const cell = element?.closest?.("[data-c]");
    return cell && root.contains(cell) ? { r: Number(cell.parentElement.dataset.r), c: Number(cell.dataset.c) } : null;
  };
  const lastColumn = () => (rows()[0]?.cells.length ?? 1) - 2;

  function moveTo(r, c, extend, focusIt = true) {
    const cell = at(r, c);
    if (!cell) return;
    at(focus.r, focus.c)?.setAttribute("tabindex", "-1");
    if (extend) anchor ??= focus;
    else anchor = null;
    focus = { r, c };
    cell.setAttribute("tabindex", "0");
    if (focusIt) {
      cell.focus({ preventScroll: true });
      reveal(cell);
    }
    paint();
  }

  // Under the sticky header and the sticky row numbers a cell counts as hidden.
  function reveal(cell) {
    const box = root.getBoundingClientRect();
    const mine = cell.getBoundingClientRect();
    const top = box.top + table().tHead.offsetHeight;
    const left = box.left + (cell.dataset.c === "-1" ? 0 : rows()[0].cells[0].offsetWidth);
    if (mine.top < top) root.scrollTop -= top - mine.top;
    else if (mine.bottom > box.bottom - 16) root.scrollTop += mine.bottom - box.bottom + 16;
    if (mine.left < left) root.scrollLeft -= left - mine.left;
    else if (mine.right > box.right) root.scrollLeft += Math.min(mine.right - box.right + 8, mine.left - left);
  }

  function block() {
    const from = anchor ?? focus;
    return { top: Math.min(from.r, focus.r), left: Math.min(from.c, focus.c), bottom: Math.max(from.r, focus.r), right: Math.max(from.c, focus.c) };
  }

  function paint() {
    const { top, left, bottom, right } = block();
    const many = anchor !== null && (top !== bottom || left !== right);
    for (const cell of root.querySelectorAll("[data-in]")) cell.removeAttribute("data-in");
    if (!many) return;
    for (let r = top; r <= bottom; r++) {
      for (let c = Math.max(left, 0); c <= right; c++) at(r, c)?.setAttribute("data-in", "");
    }
  }

  function report() {
    const { top, left, bottom, right } = block();
    component.invokeMethodAsync("BlockAsync", top, left, bottom, right);
  }

  function turn(direction, then) {
    waiting = then;
    component.invokeMethodAsync("TurnAsync", direction);
  }

  function onKey(event) {
    const place = placeOf(event.target);
    if (!place) return;
    // Where the browser's focus is counts: another window may have come between two keys.
    if (place.r !== focus.r || place.c !== focus.c) [focus, anchor] = [place, null];
    const last = rows().length - 1;
    const page = Math.max(1, Math.floor((root.clientHeight - table().tHead.offsetHeight) / (rows()[0]?.offsetHeight || 32)) - 1);
    const { r, c } = place;
    const control = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: () => r > 0 ? [r - 1, c] : (turn(-1, () => moveTo(rows().length - 1, c)), null),
      ArrowDown: () => r < last ? [r + 1, c] : (turn(1, () => moveTo(0, c)), null),
      ArrowLeft: () => [r, control ? -1 : Math.max(-1, c - 1)],
      ArrowRight: () => [r, control ? lastColumn() : Math.min(lastColumn(), c + 1)],
      Home: () => control ? [0, 0] : [r, 0],
      End: () => control ? [last, lastColumn()] : [r, lastColumn()],
      PageUp: () => r > 0 ? [Math.max(0, r - page), c] : (turn(-1, () => moveTo(rows().length - 1, c)), null),
      PageDown: () => r < last ? [Math.min(last, r + page), c] : (turn(1, () => moveTo(0, c)), null),
    };
    if (event.altKey) return;
    if (moves[event.key]) {
      event.preventDefault();
      const to = moves[event.key]();
      if (to) {
        moveTo(to[0], to[1], event.shiftKey);
        report();
      }
    } else if (event.key === "Enter") {
      const link = control ? null : at(r, c)?.querySelector("a");
      if (event.target.closest("a") !== null) return;
      event.preventDefault();
      if (link) link.click();
      else component.invokeMethodAsync("Open", r);
    } else if (event.key === " " && !event.target.closest("input")) {
      event.preventDefault();
      component.invokeMethodAsync("SelectAsync", r);
    } else if (control && event.key.toLowerCase() === "c" && String(getSelection()) === "") {
      event.preventDefault();
      component.invokeMethodAsync("CopyAsync");
    } else if (event.key === "Escape" && anchor) {
      anchor = null;
      paint();
      report();
    }
  }

  function onDown(event) {
    const place = placeOf(event.target);
    if (!place || event.button !== 0 || event.target.closest("a, input, button")) return;
    dragging = event.pointerType === "mouse";
    moveTo(place.r, place.c, event.shiftKey);
    if (event.shiftKey) event.preventDefault();
  }

  function onOver(event) {
    if (!dragging || event.buttons === 0) return;
    const place = placeOf(event.target);
    if (!place || (place.r === focus.r && place.c === focus.c)) return;
    getSelection()?.removeAllRanges();
    moveTo(place.r, place.c, true);
  }

  function onUp(event) {
    if (placeOf(event.target) || dragging) report();
    dragging = false;
  }

  function onDouble(event) {
    const place = placeOf(event.target);
    if (place && !event.target.closest("a, input, button")) component.invokeMethodAsync("Open", place.r);
  }

  root.addEventListener("keydown", onKey);
  root.addEventListener("pointerdown", onDown);
  root.addEventListener("pointerover", onOver);
  document.addEventListener("pointerup", onUp);
  root.addEventListener("dblclick", onDouble);
  root.dataset.wired = "";

  return {
    /** Another window is shown: its first cell (or where the walk goes on) takes the tab stop. */
    renew(openRow) {
      for (const cell of root.querySelectorAll('tbody [tabindex="0"]')) cell.setAttribute("tabindex", "-1");
      anchor = null;
      focus = { r: 0, c: Math.min(Math.max(focus.c, 0), Math.max(lastColumn(), 0)) };
      at(0, focus.c)?.setAttribute("tabindex", "0");
      paint();
      const then = waiting;
      waiting = null;
      const open = openRow === null || openRow === undefined ? null : root.querySelector(`tr[data-row="${openRow}"]`);
      if (then) then();
      else if (open) reveal(open.cells[0]);
      else root.scrollTop = 0;
    },
    detach() {
      root.removeEventListener("keydown", onKey);
      root.removeEventListener("pointerdown", onDown);
      root.removeEventListener("pointerover", onOver);
      document.removeEventListener("pointerup", onUp);
      root.removeEventListener("dblclick", onDouble);
    },
  };
}

// A menu of this kind opens below its button, or above where there is no room; the browser closes it on Escape and outside clicks.
if (!window.datasetMenus) {
  window.datasetMenus = true;
  document.addEventListener("toggle", event => {
    const menu = event.target;
    if (!(menu instanceof HTMLElement) || event.newState !== "open" || !menu.matches(".menu-panel.drop")) return;
    const button = document.querySelector(`[popovertarget="${menu.id}"]`)?.getBoundingClientRect();
    if (!button) return;
    const gap = 6;
    const below = innerHeight - button.bottom - 2 * gap;
    const above = button.top - 2 * gap;
    const up = below < Math.min(menu.offsetHeight, 240) && above > below;
    menu.style.maxHeight = `${Math.max(120, up ? above : below)}px`;
    menu.style.left = `${Math.max(gap, Math.min(button.left, innerWidth - menu.offsetWidth - gap))}px`;
    menu.style.top = up ? "auto" : `${button.bottom + gap}px`;
    menu.style.bottom = up ? `${innerHeight - button.top + gap}px` : "auto";
    menu.querySelector("input, button, a")?.focus({ preventScroll: true });
  }, true);
}
