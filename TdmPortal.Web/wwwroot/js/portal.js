// The little that must happen in the browser: theme, menus' buttons, keys, reconnecting. Loaded by every page as a
// module; interactive parts import it for the functions below.

const themes = ["system", "light", "dark"];

function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
  for (const scheme of ["light", "dark"]) {
    const link = document.getElementById(`theme-${scheme}`);
    if (link) link.media = theme === "system" ? `(prefers-color-scheme: ${scheme})` : theme === scheme ? "all" : "not all";
  }
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `portal-theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
  document.dispatchEvent(new CustomEvent("portal-theme", { detail: theme }));
}

export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const theme = () => document.documentElement.dataset.theme;
export const setTheme = applyTheme;

export function showDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

export function closeDialog(id) {
  document.getElementById(id)?.close();
}

export function scrollIntoView(id) {
  document.getElementById(id)?.scrollIntoView({ block: "nearest" });
}

export function copyText(text) {
  return navigator.clipboard.writeText(text);
}

let palette = null;
let asked = null;

/** Registers the component behind Ctrl+K and the key list behind "?"; what was asked of it before it was there is done now. */
export function registerPalette(component) {
  palette = component;
  if (asked) askPalette(asked);
  asked = null;
}

function askPalette(method) {
  if (palette) palette.invokeMethodAsync(method);
  else asked = method;
}

const typing = element => element.closest("input, textarea, select, [contenteditable=true], [role=grid], dialog");

if (!window.portalReady) {
  window.portalReady = true;

  document.addEventListener("click", event => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest("[data-theme-next]")) {
      const next = themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length];
      applyTheme(next);
    } else if (target.closest("[data-reload]")) {
      location.reload();
    } else if (target.closest("[data-reconnect]")) {
      window.Blazor?.reconnect?.().then(ok => ok || location.reload(), () => { });
    } else if (target.closest("[data-palette]")) {
      askPalette("OpenAsync");
    } else if (target.closest("[data-print]")) {
      window.print();
    }
    const item = target.closest(".menu-panel .menu-item");
    if (item) item.closest("[popover]")?.hidePopover();
  });

  // Before Blazor takes the click for a navigation, which scrolls there and leaves the focus behind.
  document.addEventListener("click", event => {
    if (!(event.target instanceof Element) || !event.target.closest(".skip")) return;
    event.preventDefault();
    document.getElementById("main")?.focus();
  }, true);

  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      if (!document.querySelector("[data-palette]")) return;
      event.preventDefault();
      askPalette("OpenAsync");
    } else if (event.key === "?" && palette && event.target instanceof Element && !typing(event.target)) {
      event.preventDefault();
      palette.invokeMethodAsync("ShowKeysAsync");
    }
  });

  // The server knows nothing of this page any more (it was restarted): load it anew.
  const lost = document.getElementById("components-reconnect-modal");
  if (lost) {
    new MutationObserver(() => {
      if (lost.classList.contains("components-reconnect-rejected")) location.reload();
    }).observe(lost, { attributes: true, attributeFilter: ["class"] });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && lost.classList.contains("components-reconnect-failed")) window.Blazor?.reconnect?.().catch(() => { });
    });
  }
}
