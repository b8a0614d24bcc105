// The field grid as a spreadsheet: where the cell is, what is selected and what is being typed live here, so that keys
// answer at once; every change of the schema is asked of the server, which draws the rows.
import { typeAhead } from './schema-designer.js';

const Column = { Name: 0, Type: 1, Generator: 2, Arguments: 3, Nulls: 4, Unique: 5, Key: 6 };
const lastColumn = 6;
const addRow = 0x7fffffff; // any row behind the last: a new field, however many there are by then

export function grid(element, server) {
  const overlay = element.querySelector('[data-overlay]');
  const readOnly = () => element.dataset.readonly === 'true';
  let entity = null, active = { row: 0, column: 0 }, anchor = 0, selected = new Set([0]);
  let focused = false, editor = null, reporting = 0;

  const rows = () => [...element.querySelectorAll('[data-row]')];
  const rowCount = () => rows().length;
  const fieldCount = () => rowCount() - (readOnly() ? 0 : 1);
  const rowAt = row => element.querySelector(`[data-row="${row}"]`);
  const cellAt = (row, column) => rowAt(row)?.querySelector(`[data-col="${isAdd(row) ? 0 : column}"]`);
  const isAdd = row => !readOnly() && row === fieldCount();
  const tell = (method, ...args) => server.invokeMethodAsync(method, ...args);

  function mark() {
    for (const cell of element.querySelectorAll('[data-active]')) {
      cell.removeAttribute('data-active');
      cell.tabIndex = -1;
    }
    for (const row of rows()) {
      const chosen = selected.has(+row.dataset.row) && !row.classList.contains('add');
      if (chosen !== (row.getAttribute('aria-selected') === 'true'))
        row.setAttribute('aria-selected', chosen);
    }
    const cell = cellAt(active.row, active.column);
    if (!cell)
      return;
    cell.tabIndex = 0;
    cell.setAttribute('data-active', '');
  }

  function focus() {
    const cell = cellAt(active.row, active.column);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function report(now) {
    clearTimeout(reporting);
    const send = () => { reporting = 0; tell('Select', [...selected].filter(row => row < fieldCount()).sort((a, b) => a - b)); };
    if (now)
      send();
    else
      reporting = setTimeout(send, 50);
  }

  function act(method, ...args) {
    if (reporting)
      report(true);
    return tell(method, ...args);
  }

  function go(row, column, extend) {
    active = { row: Math.max(0, Math.min(rowCount() - 1, row)), column: Math.max(0, Math.min(lastColumn, column)) };
    if (extend) {
      selected = new Set();
      for (let r = Math.min(anchor, active.row); r <= Math.max(anchor, active.row); r++)
        selected.add(r);
    } else {
      anchor = active.row;
      selected = new Set([active.row]);
    }
    mark();
    focus();
    report(false);
  }

  // ---- editing in place

  function edit(typed) {
    if (readOnly())
      return;
    const { row, column } = active;
    const cell = cellAt(row, column);
    if (!cell)
      return;
    if (!isAdd(row) && (column === Column.Generator || column === Column.Arguments)) {
      if (column === Column.Generator)
        typeAhead();
      act('Open', row, column, typed ?? '');
      return;
    }
    if (!isAdd(row) && column >= Column.Unique) {
      act('Toggle', row, column);
      return;
    }
    close(false);
    editor = document.createElement(column === Column.Type && !isAdd(row) ? 'select' : 'input');
    editor.className = 'edit';
    editor.setAttribute('aria-label', ['Name', 'Type', '', '', 'Null percent'][isAdd(row) ? 0 : column]);
    editor.spellcheck = false;
    editor.autocomplete = 'off';
    editor.target = { row: isAdd(row) ? addRow : row, column: isAdd(row) ? 0 : column, typed: typed !== undefined };
    if (editor.tagName === 'SELECT') {
      for (const type of element.dataset.types.split(' '))
        editor.add(new Option(type, type, false, type === cell.dataset.value));
      if (typed)
        editor.value = element.dataset.types.split(' ').find(type => type.startsWith(typed.toLowerCase())) ?? editor.value;
    } else {
      editor.value = typed ?? (isAdd(row) ? '' : cell.querySelector('.text').textContent);
    }
    // Blazor's scoped styles reach what carries the grid's own mark.
    overlay.append(editor);
    place();
    editor.focus({ preventScroll: true });
    if (editor.tagName === 'INPUT' && typed === undefined)
      editor.select();
    editor.addEventListener('keydown', editorKey);
    editor.addEventListener('blur', () => close(true));
    if (editor.tagName === 'SELECT')
      editor.addEventListener('change', () => { if (editor?.opened) { close(true); focus(); } });
  }

  function place() {
    const row = editor.target.row === addRow ? fieldCount() : editor.target.row;
    const cell = cellAt(row, editor.target.column);
    if (!cell)
      return;
    const at = cell.getBoundingClientRect(), origin = overlay.getBoundingClientRect();
    Object.assign(editor.style, { left: `${at.left - origin.left}px`, top: `${at.top - origin.top}px`, width: `${at.width}px`, height: `${at.height}px` });
  }

  function close(commit) {
    if (!editor)
      return;
    const { value, target } = editor;
    const gone = editor;
    editor = null;
    gone.remove();
    if (commit && !(target.row === addRow && value.trim() === ''))
      act('Commit', target.row, target.column, value);
  }

  function editorKey(event) {
    event.stopPropagation();
    const { row, column } = active;
    const done = (toRow, toColumn) => { event.preventDefault(); close(true); go(toRow, toColumn); };
    switch (event.key) {
      case 'Escape': event.preventDefault(); close(false); focus(); break;
      case 'Enter': done(event.shiftKey ? row - 1 : row + 1, column); break;
      case 'Tab': done(row, column + (event.shiftKey ? -1 : 1)); break;
      case 'ArrowUp': if (editor.target.typed && editor.tagName === 'INPUT') done(row - 1, column); break;
      case 'ArrowDown': if (editor.target.typed && editor.tagName === 'INPUT') done(row + 1, column); break;
    }
  }

  // ---- keys on a cell

  function key(event) {
    if (editor)
      return;
    const command = event.ctrlKey || event.metaKey;
    const { row, column } = active;
    const page = Math.max(1, Math.floor(element.clientHeight / 36) - 2);
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-page, 0], PageDown: [page, 0] };
    let used = true;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      if (!readOnly())
        act('Move', event.key === 'ArrowUp' ? -1 : 1);
    } else if (moves[event.key]) {
      const [down, right] = moves[event.key];
      go(command && down ? (down < 0 ? 0 : fieldCount() - 1) : row + down, command && right ? (right < 0 ? 0 : lastColumn) : column + right, event.shiftKey && down !== 0);
    } else if (event.key === 'Home') {
      go(command ? 0 : row, 0, event.shiftKey && command);
    } else if (event.key === 'End') {
      go(command ? fieldCount() - 1 : row, lastColumn, event.shiftKey && command);
    } else if (event.key === 'Tab' && !command) {
      // At the ends the key leaves the grid, as it must for people without a mouse.
      const next = column + (event.shiftKey ? -1 : 1);
      if (isAdd(row) || next < 0 || next > lastColumn)
        used = false;
      else
        go(row, next);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      edit();
    } else if (event.key === ' ' && event.shiftKey) {
      go(row, column);
    } else if (event.key === ' ' && command) {
      selected.has(row) ? selected.delete(row) : selected.add(row);
      mark();
      report(false);
    } else if (event.key === ' ' && column >= Column.Unique) {
      edit();
    } else if (command && event.key.toLowerCase() === 'd') {
      act('FillDown', column);
    } else if (command && event.key.toLowerCase() === 'a') {
      anchor = 0;
      selected = new Set(Array.from({ length: fieldCount() }, (_, i) => i));
      mark();
      report(false);
    } else if (event.key === 'Delete' && !readOnly() && !isAdd(row)) {
      act('Delete');
    } else if (event.key === 'Insert' && !readOnly()) {
      act('Insert');
    } else if (event.key.length === 1 && !command && !event.altKey && event.key !== ' ' && event.key !== '?') {
      edit(event.key);
    } else {
      used = false;
    }
    if (used) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  function pointer(event) {
    const cell = event.target.closest('[data-col]');
    const row = event.target.closest('[data-row]');
    if (!cell || !row || event.button !== 0)
      return;
    event.preventDefault();
    close(true);
    const at = +row.dataset.row, column = Math.max(0, +cell.dataset.col);
    const again = at === active.row && column === active.column && selected.size === 1 && focused;
    if (event.ctrlKey || event.metaKey) {
      selected.has(at) ? selected.delete(at) : selected.add(at);
      active = { row: at, column };
      anchor = at;
      mark();
      focus();
      report(false);
      return;
    }
    go(at, column, event.shiftKey);
    if (event.target.closest('[data-open]') || isAdd(at) || column >= Column.Unique && cell.dataset.col !== '-1' || again && event.pointerType === 'touch')
      edit();
  }

  function doubled(event) {
    if (event.target.closest('[data-col]') && !event.target.closest('[data-open]') && active.column < Column.Unique && !editor)
      edit();
  }

  function paste(event) {
    if (editor || readOnly())
      return;
    const text = event.clipboardData?.getData('text/plain');
    if (!text)
      return;
    event.preventDefault();
    act('Paste', DotNet.createJSStreamReference(new TextEncoder().encode(text)));
  }

  function copy(event) {
    if (editor || window.getSelection()?.toString())
      return;
    const text = [...selected].sort((a, b) => a - b).filter(row => row < fieldCount())
      .map(row => [0, 1, 2, 3, 4].map(column => cellAt(row, column).querySelector('.text')?.textContent ?? '').join('\t')).join('\n');
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  }

  const focusIn = () => { focused = true; };
  const focusOut = event => { if (event.relatedTarget && !element.contains(event.relatedTarget)) focused = false; };
  const listeners = { keydown: key, pointerdown: pointer, dblclick: doubled, paste, copy, focusin: focusIn, focusout: focusOut };
  for (const [name, listener] of Object.entries(listeners))
    element.addEventListener(name, listener);
  element.removeAttribute('aria-busy');

  return {
    rendered(name, chosen, moveRow, moveColumn) {
      if (name !== entity) {
        entity = name;
        active = { row: chosen[0] ?? 0, column: active.column };
        selected = new Set(chosen.length ? chosen : [active.row]);
        anchor = active.row;
        element.scrollTop = 0;
      } else if (moveRow !== null && moveRow !== undefined) {
        active = { row: Math.min(moveRow, rowCount() - 1), column: moveColumn };
        selected = new Set(chosen.length && chosen.includes(active.row) ? chosen : [active.row]);
        anchor = active.row;
      } else if (chosen.length && !isAdd(active.row) && !reporting) {
        selected = new Set(chosen);
        if (!selected.has(active.row))
          active.row = anchor = chosen[0];
      }
      active.row = Math.max(0, Math.min(active.row, rowCount() - 1));
      mark();
      if (editor)
        place();
      else if (focused && (document.activeElement === document.body || element.contains(document.activeElement)))
        focus();
    },
    reveal(row, column) { go(row, column); },
    focus() { focused = true; focus(); },
    dispose() {
      close(false);
      for (const [name, listener] of Object.entries(listeners))
        element.removeEventListener(name, listener);
    },
  };
}
