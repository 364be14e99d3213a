// Builds everything the browser gets into static/dist: style sheet, scripts, fonts, pictures.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { compile } from "sass";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const SOURCE = join(ROOT, "static", "src");
const TARGET = join(ROOT, "static", "dist");
const PACKAGES = join(ROOT, "node_modules");
// A first page load is 150 KB at most; the page itself needs a part of that.
const LIMIT_KB = 125;

const FONT = "be-vietnam-pro";
const FONT_FILES = ["latin", "vietnamese"].flatMap((subset) =>
  [400, 600].map((weight) => ({ subset, weight })),
);

function styleSheet() {
  const { css } = compile(join(SOURCE, "scss", "portal.scss"), {
    style: "compressed",
    loadPaths: [PACKAGES],
    quietDeps: true,
    // Bootstrap 5.3 can be taken in parts only through @import.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  writeFileSync(join(TARGET, "portal.css"), css);
}

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) yield join(entry.parentPath ?? entry.path, entry.name);
  }
}

function icons() {
  const names = JSON.parse(readFileSync(join(SOURCE, "icons.json"), "utf8"));
  for (const file of filesIn(join(ROOT, "templates"))) {
    for (const [, name] of readFileSync(file, "utf8").matchAll(/{% icon "([^"]+)"/g)) {
      if (!names.includes(name)) throw new Error(`${file}: "${name}" is not in icons.json.`);
    }
  }
  const symbols = names.map((name) => {
    const file = readFileSync(join(PACKAGES, "bootstrap-icons", "icons", `${name}.svg`), "utf8");
    const [, viewBox, shapes] = file.match(/viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s);
    return `<symbol id="${name}" viewBox="${viewBox}">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  writeFileSync(join(TARGET, "icons.svg"), sprite);
}

function fonts() {
  const folder = join(PACKAGES, "@fontsource", FONT);
  mkdirSync(join(TARGET, "fonts"));
  for (const { subset, weight } of FONT_FILES) {
    cpSync(
      join(folder, "files", `${FONT}-${subset}-${weight}-normal.woff2`),
      join(TARGET, "fonts", `${FONT}-${subset}-${weight}.woff2`),
    );
  }
  cpSync(join(folder, "LICENSE"), join(TARGET, "fonts", "LICENSE.txt"));
}

function report() {
  let total = 0;
  for (const file of filesIn(TARGET)) {
    if (file.endsWith("LICENSE.txt")) continue;
    const bytes = readFileSync(file);
    const sent = file.endsWith(".woff2") ? bytes.length : gzipSync(bytes).length;
    total += sent;
    console.log(`${(sent / 1000).toFixed(1).padStart(7)} KB  ${relative(TARGET, file)}`);
  }
  console.log(`${(total / 1000).toFixed(1).padStart(7)} KB  compressed in all`);
  if (total > LIMIT_KB * 1000) {
    throw new Error(`The front end is ${Math.round(total / 1000)} KB; its limit is ${LIMIT_KB}.`);
  }
}

rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
styleSheet();
icons();
fonts();
cpSync(join(PACKAGES, "htmx.org", "dist", "htmx.min.js"), join(TARGET, "htmx.min.js"));
cpSync(join(SOURCE, "portal.js"), join(TARGET, "portal.js"));
cpSync(join(SOURCE, "catalogues.css"), join(TARGET, "catalogues.css"));
cpSync(join(SOURCE, "session.js"), join(TARGET, "session.js"));
cpSync(join(SOURCE, "passkey.js"), join(TARGET, "passkey.js"));
cpSync(join(SOURCE, "favicon.svg"), join(TARGET, "favicon.svg"));
report();
