/** How a report looks, on a screen and on paper: light always, because paper is. */
export const REPORT_STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 3rem;background:#fff;color:#16242f;font:15px/1.5 ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Liberation Sans',Arial,sans-serif}
h1{margin:0;font-size:1.9rem;line-height:1.2;letter-spacing:-.02em}
h2{margin:2.2rem 0 .6rem;font-size:1.15rem}
h3{margin:1.2rem 0 .3rem;font-size:1rem;overflow-wrap:anywhere}
p{margin:.3rem 0}
.soft{color:#4d5b67;font-size:.875rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.75rem;margin-top:1.4rem}
.figures div{padding:.8rem;border:1px solid #dfe3e2;border-radius:8px}
.figures dt{font-size:.875rem;font-weight:600}
.figures dd{margin:0}
.figures data{display:block;font-size:1.7rem;font-weight:680;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;height:auto;margin:.6rem 0}
svg text{font-size:11px;fill:#4d5b67}
svg .y{text-anchor:end}
.grid{stroke:#dfe3e2}
.none{fill:#eceeec}
.pullsByTag{fill:#0072b2;background:#0072b2}
.pullsByDigest{fill:#b87700;background:#b87700}
.versionChecks{fill:#8a8f98;background:#8a8f98}
.downloads{fill:#007a5e;background:#007a5e}
.key{display:inline-block;width:.75rem;height:.75rem;margin:0 .4rem 0 0;border-radius:3px}
.keys span{margin-right:1.2rem;white-space:nowrap}
.wide{overflow-x:auto}
table{width:100%;margin:.5rem 0 1rem;border-collapse:collapse;font-size:.875rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.named caption{position:static;width:auto;height:auto;padding:.2rem 0;clip-path:none;font-weight:600;text-align:start}
th,td{padding:.25rem .6rem .25rem 0;border-bottom:1px solid #dfe3e2;text-align:start;vertical-align:top}
thead th{border-bottom-color:#7b8791}
tbody th{font-weight:400;overflow-wrap:anywhere}
.n{padding-inline-end:1.4rem;text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 2rem}
@media print{
@page{margin:14mm}
body{max-width:none;padding:0;font-size:10.5pt}
svg,tr,.figures div{break-inside:avoid}
h2,h3,caption{break-after:avoid}
thead{display:table-header-group}
.wide{overflow:visible}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
