// What the designer needs of the browser beside the grid and the diagram.

/** Places a pop-over below the active cell (above where there is more room) and puts the keyboard into it. */
export function anchor(popover, focusOn) {
  const cell = document.querySelector('.field-grid [data-active]');
  const box = cell?.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const gap = 4, margin = 8;
  let left = (innerWidth - width) / 2, top = (innerHeight - height) / 2;
  if (box && box.width > 0) {
    left = Math.min(Math.max(margin, box.left), innerWidth - width - margin);
    top = box.bottom + gap + height < innerHeight ? box.bottom + gap : Math.max(margin, Math.min(box.top - gap - height, innerHeight - height - margin));
  }
  Object.assign(popover.style, { left: `${left}px`, top: `${top}px`, visibility: 'visible' });
  focusOn.focus({ preventScroll: true });
  focusOn.setSelectionRange(focusOn.value.length, focusOn.value.length);
  ignoreRestingPointer(popover);
  replay(ahead?.stop() ?? [], focusOn);
}

/** A list that comes up under a pointer that lies still must not follow it: the keyboard is at work. */
function ignoreRestingPointer(popover) {
  let moved = false;
  const listeners = {
    pointermove: event => { moved ||= event.movementX !== 0 || event.movementY !== 0; },
    keydown: () => { moved = false; },
    mouseenter: event => {
      if (!popover.isConnected) {
        for (const [name, listener] of Object.entries(listeners))
          removeEventListener(name, listener, true);
      } else if (!moved && popover.contains(event.target)) {
        event.stopImmediatePropagation();
      }
    },
  };
  for (const [name, listener] of Object.entries(listeners))
    addEventListener(name, listener, true);
}

let ahead = null;

/** Keeps the keys pressed from now until the pop-over stands: a quick hand is ahead of the server. */
export function typeAhead() {
  ahead?.stop();
  const keys = [];
  const take = event => {
    if (event.ctrlKey || event.metaKey || event.altKey)
      return;
    keys.push(event.key);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const stop = () => {
    document.removeEventListener('keydown', take, true);
    document.removeEventListener('pointerdown', stop, true);
    ahead = null;
    return keys;
  };
  document.addEventListener('keydown', take, true);
  document.addEventListener('pointerdown', stop, true);
  ahead = { stop };
}

function replay(keys, input) {
  for (const key of keys) {
    if (key.length === 1 || key === 'Backspace') {
      input.value = key === 'Backspace' ? input.value.slice(0, -1) : input.value + key;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    } else {
      input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
  }
}

export function scrollTo(container, id) {
  container.querySelector(`#${CSS.escape(id)}`)?.scrollIntoView({ block: 'nearest' });
}

/** Texts may be longer than a message to the server: they go as streams. */
export async function writeText(area, stream) {
  area.value = new TextDecoder().decode(await stream.arrayBuffer());
  area.scrollTop = 0;
}

/** The caller asks for a stream, so Blazor makes one of the bytes. */
export function readText(area) {
  return new TextEncoder().encode(area.value);
}

/** Keys of the whole designer, and the bar that divides editor and preview. */
export function designer(root, server) {
  const height = localStorage.getItem('designer-preview');
  if (height)
    root.style.setProperty('--preview-height', height);

  const onKey = event => {
    const command = event.ctrlKey || event.metaKey;
    if (!command || event.altKey)
      return;
    const key = event.key.toLowerCase();
    const typing = event.target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select');
    let method = null;
    if (key === 's')
      method = 'SaveByKey';
    else if (!typing && key === 'z')
      method = event.shiftKey ? 'Redo' : 'Undo';
    else if (!typing && key === 'y')
      method = 'Redo';
    if (!method)
      return;
    event.preventDefault();
    // What is being typed is part of what is saved.
    if (typing)
      typing.dispatchEvent(new Event('change', { bubbles: true }));
    server.invokeMethodAsync(method);
  };
  document.addEventListener('keydown', onKey);
  root.removeAttribute('aria-busy');

  const bar = root.querySelector('[data-divider]');
  const set = pixels => {
    const share = Math.max(90, Math.min(root.clientHeight - 180, pixels));
    root.style.setProperty('--preview-height', `${share}px`);
    bar.setAttribute('aria-valuenow', Math.round(100 * share / root.clientHeight));
    localStorage.setItem('designer-preview', `${share}px`);
  };
  bar?.addEventListener('pointerdown', event => {
    bar.setPointerCapture(event.pointerId);
    event.preventDefault();
    const move = e => set(root.getBoundingClientRect().bottom - e.clientY);
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', () => bar.removeEventListener('pointermove', move), { once: true });
  });
  bar?.addEventListener('keydown', event => {
    const step = { ArrowUp: 24, ArrowDown: -24 }[event.key];
    if (step) {
      event.preventDefault();
      set(bar.nextElementSibling.clientHeight + step);
    }
  });
  return { dispose() { document.removeEventListener('keydown', onKey); } };
}

export function download(name, stream) {
  return stream.arrayBuffer().then(bytes => {
    const address = URL.createObjectURL(new Blob([bytes], { type: 'application/json' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
}
