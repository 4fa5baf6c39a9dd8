// The closure map's page: shows the drawing that it is sent, and says where a click leads.
(() => {
  const editor = acquireVsCodeApi();
  const map = document.getElementById("map");
  const message = document.getElementById("message");

  window.addEventListener("message", ({ data: { drawing, text, current } }) => {
    if (drawing !== undefined) map.innerHTML = drawing;
    if (text !== undefined) message.textContent = text;
    message.hidden = message.textContent === "";
    for (const scope of map.querySelectorAll(".scope")) {
      scope.classList.toggle("current", scope.dataset.scope === String(current));
    }
  });

  const follow = (target) => {
    const link = target.closest(".link");
    if (link === null) return;
    const { line, character } = link.dataset;
    editor.postMessage({ line: Number(line), character: Number(character) });
  };
  map.addEventListener("click", ({ target }) => follow(target));
  map.addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter") follow(target);
  });
  editor.postMessage("ready");
})();
