// Sends files to the portal as they are, one request each, with progress; the page is told what happens.
const running = new Map();
let number = 0;

/** Sends all files of an input, one after the other. */
export function attach(input, zone, page, url, token) {
  const take = async files => {
    for (const file of files) await send(file, page, url, token);
  };
  const changed = () => { const files = [...input.files]; input.value = ""; take(files); };
  const over = event => { event.preventDefault(); zone.classList.add("over"); };
  const out = () => zone.classList.remove("over");
  const drop = event => { event.preventDefault(); out(); take([...event.dataTransfer.files]); };
  input.addEventListener("change", changed);
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", out);
  zone.addEventListener("drop", drop);
  return {
    cancel(key) { running.get(key)?.abort(); },
    detach() {
      for (const one of running.values()) one.abort();
      input.removeEventListener("change", changed);
      zone.removeEventListener("dragover", over);
      zone.removeEventListener("dragleave", out);
      zone.removeEventListener("drop", drop);
    },
  };
}

function send(file, page, url, token) {
  const key = ++number;
  return new Promise(async done => {
    await page.invokeMethodAsync("BeginAsync", key, file.name, file.size);
    const request = new XMLHttpRequest();
    running.set(key, request);
    let told = 0;
    request.upload.onprogress = event => {
      // Several times a second is enough for a bar.
      if (performance.now() - told < 200) return;
      told = performance.now();
      page.invokeMethodAsync("MoveAsync", key, event.loaded);
    };
    const end = async (method, ...args) => {
      running.delete(key);
      await page.invokeMethodAsync(method, key, ...args);
      done();
    };
    request.onload = () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* not from the portal itself */ }
      if (request.status === 200 && answer) end("DoneAsync", answer.id);
      else end("FailAsync", answer?.errorCode ?? "upload.failed", answer?.message ?? answer?.detail ?? "The portal did not take the file (" + request.status + ").", answer?.suggestedActions ?? []);
    };
    request.onerror = () => end("FailAsync", "upload.failed", "The connection broke while the file was sent.", ["Check the network, then choose the file again"]);
    request.onabort = () => end("CancelledAsync");
    request.open("POST", url + "?name=" + encodeURIComponent(file.name));
    request.setRequestHeader("RequestVerificationToken", token);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });
}
