// Bundles src/ into dist/widget.js. The same sources give the same bytes on every machine.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

// Everything that can change the result, in a fixed order. tests/widget/test_built_file.py computes the same hash.
function sourcesHash() {
  const sources = readdirSync(join(root, "src")).map((name) => `src/${name}`).sort();
  const hash = createHash("sha256");
  for (const path of ["build.mjs", "package-lock.json", "tsconfig.json", ...sources]) {
    hash.update(`${path}\0`).update(readFileSync(join(root, path))).update("\0");
  }
  return hash.digest("hex");
}

const minifiedCss = {
  name: "minified-css",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target: "es2022" });
      return { contents: css.code.trim(), loader: "text" };
    });
  },
};

const result = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [minifiedCss],
  write: false,
});
const code = result.outputFiles[0].text;
const banner = `/* Instep chat. Built from bot/widget/src, do not edit. sources sha256:${sourcesHash()} code sha256:${sha256(code)} */\n`;
mkdirSync(join(root, "dist"), { recursive: true });
writeFileSync(join(root, "dist/widget.js"), banner + code);
console.log(`dist/widget.js: ${(banner + code).length} characters, ${gzipSync(banner + code, { level: 9 }).length} bytes gzip`);
