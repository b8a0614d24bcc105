// Pan and zoom of the schema's diagram: the view box moves, nothing is drawn again.
export function panZoom(element) {
  const svg = () => element.querySelector('svg');
  let view = null, drag = null;

  function fit() {
    const picture = svg();
    if (!picture)
      return;
    const width = +picture.dataset.width + 110, height = +picture.dataset.height + 60;
    // A small diagram is not blown up beyond its natural size.
    const scale = Math.max(1, width / picture.clientWidth, height / picture.clientHeight);
    const w = picture.clientWidth * scale, h = picture.clientHeight * scale;
    set({ x: -40 - (w - width) / 2, y: -30 - (h - height) / 2, w, h });
  }

  function set(next) {
    view = next;
    svg()?.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`);
  }

  function zoom(factor, clientX, clientY) {
    const box = svg().getBoundingClientRect();
    const fx = ((clientX ?? box.left + box.width / 2) - box.left) / box.width, fy = ((clientY ?? box.top + box.height / 2) - box.top) / box.height;
    const w = Math.min(20000, Math.max(150, view.w * factor)), h = view.h * w / view.w;
    set({ x: view.x + (view.w - w) * fx, y: view.y + (view.h - h) * fy, w, h });
  }

  element.addEventListener('wheel', event => { event.preventDefault(); zoom(Math.exp(event.deltaY / 500), event.clientX, event.clientY); }, { passive: false });
  element.addEventListener('pointerdown', event => {
    if (event.button === 0 && event.target.closest('svg') && !event.target.closest('.box, .line')) {
      drag = { x: event.clientX, y: event.clientY };
      svg().setPointerCapture(event.pointerId);
    }
  });
  element.addEventListener('pointermove', event => {
    if (!drag)
      return;
    const scale = view.w / svg().clientWidth;
    set({ ...view, x: view.x - (event.clientX - drag.x) * scale, y: view.y - (event.clientY - drag.y) * scale });
    drag = { x: event.clientX, y: event.clientY };
  });
  for (const end of ['pointerup', 'pointercancel'])
    element.addEventListener(end, () => { drag = null; });
  element.addEventListener('click', event => {
    const button = event.target.closest('[data-zoom]');
    if (button)
      ({ in: () => zoom(.8), out: () => zoom(1.25), fit })[button.dataset.zoom]();
  });
  new ResizeObserver(() => { if (svg()?.clientWidth) fit(); }).observe(element);
  new MutationObserver(fit).observe(element, { subtree: true, attributeFilter: ["data-width", "data-height"] });
}
