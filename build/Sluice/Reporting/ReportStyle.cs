namespace Sluice.Reporting;

/// <summary>How the page looks: on light and dark screens, and on paper.</summary>
internal static class ReportStyle
{
    /// <summary>
    /// The rules. They are written as XML's text, where a greater-than sign is encoded, which HTML's style element does not decode: so none
    /// of them needs one. Stable is blue and the candidate bluish green, of Okabe and Ito's colours, darkened or lightened until text reads in them.
    /// </summary>
    public const string Text = """

        :root {
          color-scheme: light dark;
          --paper: #ffffff; --raised: #f5f7f9; --ink: #1a2027; --muted: #525c66; --grid: #d5dbe1;
          --stable: #0067a3; --candidate: #007a58; --limit: #b3261e; --other: #6b7580;
          --good: #0f6b3f; --good-paper: #e2f4e9; --bad: #a11d16; --bad-paper: #fde9e7; --open: #7a4f00; --open-paper: #fdf1d8;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #12161b; --raised: #1b2128; --ink: #e7ebef; --muted: #a3adb8; --grid: #39424c;
            --stable: #62b6f0; --candidate: #3ecf9d; --limit: #ff8a80; --other: #97a1ab;
            --good: #6fdca0; --good-paper: #12301f; --bad: #ff9d95; --bad-paper: #3d1613; --open: #f5c46b; --open-paper: #37290a;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--grid); }
        a { color: var(--stable); }
        a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--stable); outline-offset: 2px; }
        code { font: .9em ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        .eyebrow { margin: 0 0 .25rem; color: var(--muted); font-size: .85rem; letter-spacing: .06em; text-transform: uppercase; }
        .ending { margin: 0 0 1rem; font-size: 1.05rem; }
        .badge { display: inline-block; padding: .1rem .6rem; border: 1px solid currentColor; border-radius: 1rem; font-weight: 600; font-size: .9em;
          white-space: nowrap; }
        .good { color: var(--good); background: var(--good-paper); }
        .bad { color: var(--bad); background: var(--bad-paper); }
        .open { color: var(--open); background: var(--open-paper); }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem 1.25rem; margin: 0; padding: 1rem;
          background: var(--raised); border-radius: .5rem; }
        .facts dt { color: var(--muted); font-size: .8rem; }
        .facts dd { margin: 0; font-weight: 600; }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0 0; padding: 0; list-style: none; }
        figure { margin: 0 0 1.5rem; }
        figcaption { margin-bottom: .25rem; color: var(--muted); font-size: .9rem; }
        figcaption strong { color: var(--ink); }
        figure svg { display: block; width: 100%; height: auto; font-family: inherit; }
        .side { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1.25rem 2rem; align-items: start; }
        .side figure { min-width: 0; margin: 0; }
        .legend { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin: .25rem 0; padding: 0; list-style: none; color: var(--muted); font-size: .8rem; }
        .legend li { white-space: nowrap; }
        .legend svg { display: inline-block; width: 30px; height: 10px; vertical-align: baseline; }
        details { margin-top: .25rem; font-size: .9rem; }
        summary { color: var(--muted); cursor: pointer; }
        .scroll { overflow-x: auto; margin-bottom: 1rem; }
        details .scroll { max-height: 24rem; overflow-y: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
        caption { padding: .25rem 0; color: var(--muted); text-align: left; }
        th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--grid); text-align: left; vertical-align: top; overflow-wrap: normal; }
        td { overflow-wrap: anywhere; }
        thead th { color: var(--muted); font-weight: 600; }
        tbody th { font-weight: 600; }
        td time, th time { white-space: nowrap; }
        .matrix { width: auto; min-width: 24rem; }
        .matrix td { min-width: 7rem; text-align: right; background: color-mix(in srgb, var(--limit) var(--share, 0%), var(--paper)); }
        .matrix td.alike { background: color-mix(in srgb, var(--candidate) var(--share, 0%), var(--paper)); outline: 1px solid var(--candidate);
          outline-offset: -3px; }
        .matrix td .muted { color: var(--ink); }
        .muted { color: var(--muted); }
        .timeline { margin: 0; font-size: .95rem; padding: 0 0 0 .9rem; border-left: 2px solid var(--grid); list-style: none; }
        .timeline li { display: grid; grid-template-columns: max-content 4.75rem 1fr; gap: .75rem; position: relative; padding: .3rem 0; }
        .timeline li::before { position: absolute; left: calc(-.9rem - 5px); top: .85rem; width: 8px; height: 8px; border-radius: 50%; background: var(--other);
          content: ""; }
        .timeline .traffic::before, .timeline .stage::before { background: var(--candidate); }
        .timeline .trouble::before, .timeline .foreign::before { background: var(--limit); border-radius: 0; }
        .timeline time { color: var(--muted); font-variant-numeric: tabular-nums; }
        .kind { color: var(--muted); }
        .why { display: block; color: var(--muted); }
        footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--grid); color: var(--muted); font-size: .85rem; }
        @media (max-width: 40rem) {
          .timeline li { grid-template-columns: max-content 1fr; gap: 0 .75rem; }
          .timeline li .kind + span { grid-column: 1 / -1; }
        }
        @media print {
          :root {
            --paper: #ffffff; --raised: #f5f7f9; --ink: #000000; --muted: #444444; --grid: #bbbbbb;
            --stable: #0067a3; --candidate: #007a58; --limit: #b3261e; --other: #555555;
            --good: #0f6b3f; --good-paper: #ffffff; --bad: #a11d16; --bad-paper: #ffffff; --open: #7a4f00; --open-paper: #ffffff;
          }
          * { print-color-adjust: exact; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav, details { display: none; }
          .side { grid-template-columns: 1fr 1fr; }
          figure, tr, .timeline li, .facts { break-inside: avoid; }
          h2 { break-after: avoid; }
          .scroll { overflow: visible; }
          a[href^="https:"]::after { content: " (" attr(href) ")"; }
        }
        """;
}
