//! The look of the sign-in pages.

/// One style sheet, inside the page.
pub(super) const STYLE: &str = "
:root{color-scheme:light dark;--bg:#f3f4f7;--card:#fff;--text:#1a1e26;--muted:#555e6d;--line:#828a98;--accent:#2a55cc;--on:#fff}
@media(prefers-color-scheme:dark){:root{--bg:#13161b;--card:#1a1e25;--text:#e7eaee;--muted:#a5adba;--line:#768091;--accent:#93b3ff;--on:#0e1a38}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg);color:var(--text);font:16px/24px \"Segoe UI\",system-ui,sans-serif}
main{width:min(28rem,100vw - 2rem);margin:1rem;padding:2rem;background:var(--card);border-radius:10px}
h1{font-size:1.4rem;line-height:1.8rem;margin:0 0 .5rem}
p{margin:0 0 1rem}.muted{color:var(--muted)}
ul{list-style:none;margin:0 0 1rem;padding:0;display:grid;gap:.5rem}
.scopes{list-style:disc;padding-left:1.2rem;overflow-wrap:anywhere}
button{font:inherit;width:100%;padding:.6rem .9rem;text-align:left;color:inherit;background:none;border:1px solid var(--line);border-radius:6px;cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--on);text-align:center}
button+button{margin-top:.5rem}
button:hover{border-color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
button span{display:block;color:var(--muted);font-size:.875rem;line-height:1.25rem}
label{display:flex;gap:.5rem;margin:0 0 1rem}
code{overflow-wrap:anywhere}
";
