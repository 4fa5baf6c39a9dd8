/**
 * Draws the closure map: scopes as boxes, nested as in the code; in each, a dot for a cell that it
 * makes and a ring for a cell that it closes over; wires in the left margin lead from dot to rings.
 */
import { manner, type Closures, type Scope } from "./closures";

/** Measures in pixels. */
const LINE = 22;
const MARGIN = 14;
const LANE = 7;
const LETTER = 7.8;
const RADIUS = 4.5;

/** How many colours the style sheet has for cells. */
const HUES = 5;

interface Box {
  readonly scope: Scope;
  readonly index: number;
  readonly left: number;
  readonly top: number;
  width: number;
  height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * An SVG element. What can be clicked has `data-line` and `data-character`, zero-based; each scope has
 * `data-scope`, its index.
 */
export function draw({ scopes }: Closures): string {
  const boxes = place(scopes);
  const width = Math.max(0, ...boxes.map(({ left, width }) => left + width)) + MARGIN;
  const height = Math.max(0, ...boxes.map(({ top, height }) => top + height)) + MARGIN;
  const drawn = boxes.map((box) => drawBox(box, scopes)).join("");
  const wires = boxes.flatMap((box) => drawWires(box, boxes)).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}">${drawn}${wires}</svg>`
  );
}

/** Boxes stand below each other; a box is as large as what is in it. */
function place(scopes: readonly Scope[]): Box[] {
  const boxes: Box[] = [];
  const around: Box[] = [];
  let y = MARGIN;
  const close = (): void => {
    const box = around.pop();
    if (box === undefined) return;
    y += MARGIN / 2;
    box.height = y - box.top;
    y += MARGIN / 2;
    const outer = around.at(-1);
    if (outer === undefined) return;
    outer.width = Math.max(outer.width, box.left - outer.left + box.width + MARGIN);
  };
  for (const [index, scope] of scopes.entries()) {
    while (around.length > 0 && around.at(-1)?.index !== scope.parent) close();
    const outer = around.at(-1);
    const left = outer === undefined ? MARGIN : outer.left + gutter(outer.scope);
    const rows = 1 + scope.closesOver.length + scope.cells.length;
    const box = { scope, index, left, top: y, width: textWidth(scope), height: 0 };
    boxes.push(box);
    around.push(box);
    y += rows * LINE + MARGIN;
  }
  while (around.length > 0) close();
  return boxes;
}

/** The margin in which a scope's wires run, one lane a cell. */
function gutter({ cells }: Scope): number {
  return 2 * MARGIN + Math.max(0, cells.length - 1) * LANE;
}

function textWidth(scope: Scope): number {
  const title = scope.name.length + scope.kind.length + 2;
  const rows = [...scope.closesOver, ...scope.cells].map(({ name }) => name.length + 16);
  return gutter(scope) + MARGIN + Math.max(title, ...rows) * LETTER;
}

function drawBox(
  { scope, index, left, top, width, height }: Box,
  scopes: readonly Scope[],
): string {
  const x = left + gutter(scope);
  const row = (n: number): number => top + MARGIN / 2 + LINE * (n + 0.5);
  const free = scope.closesOver.map(({ name, owner }, n) => {
    const how = manner(scopes, index, owner, name);
    const words = { reads: "read", rebinds: "rebound", passesOn: "passed on" }[how];
    const cell = scopes[owner]?.cells.findIndex((found) => found.name === name) ?? 0;
    const at = scopes[owner]?.cells[cell]?.selectionRange.start;
    const mark = `<circle class="free ${how} ${hue(owner, cell)}" cx="${x}" cy="${row(n + 1)}" r="${RADIUS}"/>`;
    return link(at, "variable", mark + text(x + 10, row(n + 1), name, words));
  });
  const cells = scope.cells.map(({ name, selectionRange }, n) => {
    const y = row(n + 1 + scope.closesOver.length);
    const mark = `<circle class="cell ${hue(index, n)}" cx="${x}" cy="${y}" r="${RADIUS}"/>`;
    return link(selectionRange.start, "variable", mark + text(x + 10, y, name, "cell"));
  });
  const frame = `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="6"/>`;
  const title = text(left + MARGIN, row(0), scope.name, scope.kind);
  return (
    `<g class="scope" data-scope="${index}">${frame}` +
    `${link(scope.selectionRange.start, "title", title)}${free.join("")}${cells.join("")}</g>`
  );
}

/** From each cell of the box: left to its lane, down, and right to each ring. */
function drawWires({ scope, index, left, top }: Box, boxes: readonly Box[]): string[] {
  const from = (n: number): Point => ({
    x: left + gutter(scope),
    y: top + MARGIN / 2 + LINE * (n + 1.5 + scope.closesOver.length),
  });
  return scope.cells.flatMap(({ name, takenBy }, n) => {
    const lane = left + MARGIN + (scope.cells.length - 1 - n) * LANE;
    const start = from(n);
    return takenBy.map(({ scope: taker, how }) => {
      const box = boxes[taker];
      const row = box?.scope.closesOver.findIndex(
        (free) => free.name === name && free.owner === index,
      );
      if (box === undefined || row === undefined || row < 0) return "";
      const end = {
        x: box.left + gutter(box.scope) - RADIUS,
        y: box.top + MARGIN / 2 + LINE * (row + 1.5),
      };
      const way = `M${start.x - RADIUS} ${start.y}H${lane + 4}Q${lane} ${start.y} ${lane} ${start.y + 4}V${end.y - 4}Q${lane} ${end.y} ${lane + 4} ${end.y}H${end.x}`;
      return `<path class="wire ${how} ${hue(index, n)}" d="${way}"/>`;
    });
  });
}

/** Cells beside each other have different colours. */
function hue(owner: number, cell: number): string {
  return `hue${(owner + cell) % HUES}`;
}

function link(
  at: { line: number; character: number } | undefined,
  kind: string,
  inner: string,
): string {
  if (at === undefined) return inner;
  const place = `data-line="${at.line}" data-character="${at.character}"`;
  return `<g class="link ${kind}" role="link" tabindex="0" ${place}>${inner}</g>`;
}

function text(x: number, y: number, name: string, note: string): string {
  return (
    `<text x="${x}" y="${y}" dominant-baseline="central">${escape(name)}` +
    `<tspan class="note" dx="8">${escape(note)}</tspan></text>`
  );
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
