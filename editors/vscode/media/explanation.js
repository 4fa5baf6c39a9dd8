// The explanation's page: shows the text that it is sent, and says which line a click leads to.
(() => {
  const editor = acquireVsCodeApi();
  const explanation = document.getElementById("explanation");

  window.addEventListener("message", ({ data: { html } }) => {
    explanation.innerHTML = html;
  });
  explanation.addEventListener("click", (event) => {
    const line = event.target
      .closest("a")
      ?.getAttribute("href")
      ?.match(/^#L(\d+)$/)?.[1];
    if (line === undefined) return;
    event.preventDefault();
    editor.postMessage({ line: Number(line) });
  });
  editor.postMessage("ready");
})();
