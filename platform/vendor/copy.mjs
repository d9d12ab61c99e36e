// Copies what the pages need out of node_modules into the source tree and writes VENDORED.toml.
// Run through ../vendor.sh. The same input gives the same bytes.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const out = join(root, 'platform', 'tiepdan', 'web', 'static', 'vendor');
const modules = join(here, 'node_modules');
const entries = [];

function take(name, licence, files, note) {
  const version = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;
  entries.push({ name, version, licence, note, files });
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// Tabler: only the parts named in tabler.scss.
const css = sass.compile(join(here, 'tabler.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true,
  logger: sass.Logger.silent,
}).css;
const banner = '/* Tabler (MIT), built from its SCSS; see VENDORED.toml. */\n';
writeFileSync(join(out, 'tabler.css'), banner + css.replace(/^\uFEFF/, '') + '\n');
copy(join(here, 'tabler.LICENSE'), join(out, 'tabler.LICENSE'));
take('@tabler/core', 'MIT', ['tabler.css', 'tabler.LICENSE'], 'built from SCSS by platform/vendor/tabler.scss');

// Icons: one sprite with the names listed in icons.txt.
const names = readFileSync(join(here, 'icons.txt'), 'utf8').split(/\s+/).filter(Boolean).sort();
const symbols = names.map((name) => {
  const svg = readFileSync(join(modules, '@tabler/icons/icons/outline', `${name}.svg`), 'utf8');
  const body = svg
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, '')
    .replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
});
writeFileSync(
  join(out, 'icons.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="1.75" ` +
    `stroke-linecap="round" stroke-linejoin="round">\n${symbols.join('\n')}\n</svg>\n`,
);
copy(join(modules, '@tabler/icons/LICENSE'), join(out, 'icons.LICENSE'));
take('@tabler/icons', 'MIT', ['icons.svg', 'icons.LICENSE'], 'a sprite of the outline icons in platform/vendor/icons.txt');

// Be Vietnam Pro: two subsets, four weights.
const fonts = [];
for (const weight of [400, 500, 600, 700])
  for (const subset of ['latin', 'vietnamese']) {
    const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    copy(join(modules, '@fontsource/be-vietnam-pro/files', file), join(out, 'fonts', file));
    fonts.push(`fonts/${file}`);
  }
copy(join(modules, '@fontsource/be-vietnam-pro/LICENSE'), join(out, 'fonts', 'LICENSE'));
take('@fontsource/be-vietnam-pro', 'OFL-1.1', [...fonts, 'fonts/LICENSE'], 'declared in static/tiepdan.css');

copy(join(modules, 'htmx.org/dist/htmx.min.js'), join(out, 'htmx.min.js'));
copy(join(modules, 'htmx.org/LICENSE'), join(out, 'htmx.LICENSE'));
take('htmx.org', '0BSD', ['htmx.min.js', 'htmx.LICENSE']);

// axe is for the tests only and is never served.
const axe = join(root, 'tests', 'journeys', 'vendor');
copy(join(modules, 'axe-core/axe.min.js'), join(axe, 'axe.min.js'));
copy(join(modules, 'axe-core/LICENSE'), join(axe, 'axe.LICENSE'));
take('axe-core', 'MPL-2.0', ['tests/journeys/vendor/axe.min.js', 'tests/journeys/vendor/axe.LICENSE'], 'tests only, never served');

const toml = entries.map(({ name, version, licence, note, files }) =>
  [
    '[[package]]',
    `name = "${name}"`,
    `version = "${version}"`,
    `licence = "${licence}"`,
    note && `note = "${note}"`,
    `files = [\n${files.map((file) => `  "${file}",\n`).join('')}]`,
  ].filter(Boolean).join('\n'),
);
writeFileSync(join(out, 'VENDORED.toml'), `# Written by platform/vendor.sh; do not edit. Paths are beside this file unless they start with tests/.\n\n${toml.join('\n\n')}\n`);
