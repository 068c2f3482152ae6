// Opens a report in headless Chromium: light, dark and on paper. Prints one check a line, as the other scripts here do.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const { SLUICE_REPORT: report, SLUICE_SCREENSHOTS: screenshots, SLUICE_CHROMIUM: executablePath } = process.env;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let count = 0;
const print = line => console.log(JSON.stringify(line));
const check = (name, found, expected) => { count++; print({ check: name, found, expected }); };

const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const looks = [
    { name: 'light', media: 'screen', colorScheme: 'light', width: 1100 },
    { name: 'dark', media: 'screen', colorScheme: 'dark', width: 1100 },
    { name: 'print', media: 'print', colorScheme: 'light', width: 800 },
    { name: 'print-of-dark', media: 'print', colorScheme: 'dark', width: 800 },
    { name: 'narrow', media: 'screen', colorScheme: 'light', width: 390 },
  ];
  for (const look of looks) {
    // axe is put in from outside, which the page's own policy would refuse; a page of its own is read with the policy as it stands.
    for (const isAudited of [false, true]) {
      const context = await browser.newContext({ viewport: { width: look.width, height: 900 }, bypassCSP: isAudited });
      const page = await context.newPage();
      const said = [];
      const asked = [];
      page.on('console', message => said.push(message.text()));
      page.on('pageerror', error => said.push(String(error)));
      page.on('request', request => asked.push(request.url()));
      await page.emulateMedia({ media: look.media, colorScheme: look.colorScheme });
      const address = pathToFileURL(report).href;
      await page.goto(address, { waitUntil: 'load' });
      if (!isAudited) {
        check(`${look.name}: nothing is said on the console`, said, []);
        check(`${look.name}: no request leaves the file`, asked.filter(url => url !== address), []);
        const page_ = await page.evaluate(() => ({
          lang: document.documentElement.lang,
          mode: document.compatMode,
          headings: document.querySelectorAll('h1').length,
          scripts: document.scripts.length,
          charts: document.querySelectorAll('svg[role=img]').length,
          unnamed: [...document.querySelectorAll('svg[role=img]')].filter(svg =>
            svg.getAttribute('aria-labelledby').split(' ').some(id => !document.getElementById(id)?.textContent)).length,
          textless: [...document.querySelectorAll('svg[role=img]')].filter(svg =>
            ![...svg.querySelectorAll('text')].some(text => text.getBoundingClientRect().width > 0)).length,
          tableless: [...document.querySelectorAll('figure')].filter(figure => !figure.querySelector('table')).length,
          twice: (ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(element => element.id)),
          wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
        }));
        check(`${look.name}: the page has charts`, page_.charts > 0, true);
        delete page_.charts;
        check(`${look.name}: the page is whole`, page_, {
          lang: 'en', mode: 'CSS1Compat', headings: 1, scripts: 0, unnamed: 0, textless: 0, tableless: 0, twice: 0, wide: false,
        });

        // What is drawn on the page's paper has to stand out from it, in every scheme: 3:1 for lines, 4.5:1 for text (WCAG 2.2, 1.4.3 and 1.4.11).
        const faint = await page.evaluate(() => {
          const rgb = text => (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
          const light = color => color.map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
          const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
          const paper = light(rgb(getComputedStyle(document.body).backgroundColor));
          const grid = getComputedStyle(document.documentElement).getPropertyValue('--grid');
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = grid;
          const gridColor = getComputedStyle(probe).color;
          probe.remove();
          return [...document.querySelectorAll('svg text, svg polyline')].filter(element => {
            const style = getComputedStyle(element);
            const color = element.tagName === 'text' ? style.fill : style.stroke;
            return color !== 'none' && color !== gridColor && contrast(paper, light(rgb(color))) < (element.tagName === 'text' ? 4.5 : 3);
          }).map(element => element.outerHTML.slice(0, 160)).slice(0, 3);
        });
        check(`${look.name}: every line and word of a chart stands out`, faint, []);
        await page.screenshot({ path: join(screenshots, `${look.name}.png`), fullPage: true });
      } else {
        await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        check(
          `${look.name}: axe has nothing serious to say`,
          violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' ')}`),
          []);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
print({ end: count });
