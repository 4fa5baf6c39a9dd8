// The explanation's page: shows the text that it is sent, and says which link was clicked.
(() => {
  const editor = acquireVsCodeApi();
  const explanation = document.getElementById("explanation");

  window.addEventListener("message", ({ data: { html } }) => {
    explanation.innerHTML = html;
  });
  explanation.addEventListener("click", (event) => {
    const link = event.target
      .closest("a")
      ?.getAttribute("href")
      ?.match(/^#(\d+)$/)?.[1];
    if (link === undefined) return;
    event.preventDefault();
    editor.postMessage({ link: Number(link) });
  });
  editor.postMessage("ready");
})();
