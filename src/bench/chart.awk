# The CPU time for each request beside nginx's, as an SVG that needs nothing else: one panel for
# each load, one bar for each target, a thin line from the smallest ratio of the rounds to the largest.

BEGIN {
  WIDTH = 880; MARGIN = 24; GAP = 32
  PANEL = (WIDTH - 2 * MARGIN - GAP) / 2
  LABEL = 150; VALUE = 44; ROW = 18; BAR = 10; HEAD = 30
}

END {
  for (l = 1; l <= load_count; l++)
    if (charted(loads[l])) panels[++panel_count] = loads[l]
  if (!panel_count) {
    print "no ratios to " BASE ": nothing to draw" >"/dev/stderr"
    exit 1
  }
  longest = widest()
  top = 96
  for (p = 1; p <= panel_count; p += 2) {
    rows = max(row_count(panels[p]), p < panel_count ? row_count(panels[p + 1]) : 0)
    panel(panels[p], MARGIN, top)
    if (p < panel_count) panel(panels[p + 1], MARGIN + PANEL + GAP, top)
    top += HEAD + rows * ROW + 14
  }
  printf "%s%s</svg>\n", head(top + 8), body
}

# At a constant rate it is the latency that counts, and the tables have that.
function charted(load) { return load !~ /\/s$/ && row_count(load) > 1 }

function row_count(load,   t, n) {
  for (t = 1; t <= target_count; t++) n += ratios(load, targets[t], CPU) != ""
  return n
}

function widest(   p, t, n, sorted, most) {
  for (p = 1; p <= panel_count; p++)
    for (t = 1; t <= target_count; t++) {
      n = sort(ratios(panels[p], targets[t], CPU), sorted)
      if (n) most = max(most, sorted[n])
    }
  return most
}

function max(a, b) { return a > b ? a : b }

function head(height) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " WIDTH " " height "\" width=\"" WIDTH "\"" \
    " height=\"" height "\" role=\"img\" aria-labelledby=\"title\">\n" \
    "<style>\n" \
    "  svg { --page: #ffffff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0;\n" \
    "        --ours: #0969da; --checks: #8250df; --passes: #afb8c1 }\n" \
    "  @media (prefers-color-scheme: dark) {\n" \
    "    svg { --page: #0d1117; --text: #e6edf3; --faint: #9198a1; --line: #3d444d;\n" \
    "          --ours: #4493f8; --checks: #ab7df8; --passes: #656c76 }\n" \
    "  }\n" \
    "  text { font: 12px system-ui, -apple-system, \"Segoe UI\", Helvetica, Arial, sans-serif; fill: var(--text) }\n" \
    "  .page { fill: var(--page); stroke: var(--line) } .line { stroke: var(--line) }\n" \
    "  .h { font-size: 16px; font-weight: 600 } .b { font-weight: 600 } .faint { fill: var(--faint) }\n" \
    "  .end { text-anchor: end } .spread { stroke: var(--text) }\n" \
    "  .ours { fill: var(--ours) } .checks { fill: var(--checks) } .passes { fill: var(--passes) }\n" \
    "</style>\n" \
    "<rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"" WIDTH - 1 "\" height=\"" height - 1 "\" rx=\"6\"/>\n" \
    "<text id=\"title\" class=\"h\" x=\"" MARGIN "\" y=\"34\">CPU time for each request, nginx = 1</text>\n" \
    text("faint", MARGIN, 54, "shorter is better; a thin line spans the rounds · " meta["machine"] " · " meta["date"]) \
    legend()
}

function legend() {
  return key("ours", MARGIN, "ifmatch") key("checks", MARGIN + 80, "also tags and refuses") \
    key("passes", MARGIN + 236, "passes everything on, checks nothing")
}

function key(class, x, meaning) {
  return rect(class, x, 67, BAR, BAR) text("faint", x + BAR + 6, 76, meaning)
}

function panel(load, x, y,   t, start, unit, row) {
  start = x + LABEL
  unit = (PANEL - LABEL - VALUE) / longest
  body = body text("b", x, y + 16, words(load))
  row = y + HEAD - 4
  for (t = 1; t <= target_count; t++)
    if (ratios(load, targets[t], CPU) != "") {
      bar(load, targets[t], start, unit, row)
      row += ROW
    }
  body = body sprintf("<path class=\"line\" d=\"M%.1f %.1fV%.1f\" stroke-dasharray=\"2 2\"/>\n",
    start + unit, y + HEAD - 6, row)
}

function bar(load, target, start, unit, y,   n, sorted, middle) {
  n = sort(ratios(load, target, CPU), sorted)
  middle = median(ratios(load, target, CPU))
  body = body text("end" (target == "ifmatch" ? " b" : ""), start - 8, y + 11, words(target)) \
    rect(colour(target), start, y + 2, middle * unit, BAR)
  if (n > 1)
    body = body sprintf("<path class=\"spread\" d=\"M%.1f %.1fH%.1f\"/>\n", start + sorted[1] * unit, y + 2 + BAR / 2,
      start + sorted[n] * unit)
  body = body text(target == "ifmatch" ? "b" : "faint", start + max(middle, sorted[n]) * unit + 6, y + 11,
    sprintf("%.2f", middle))
}

function colour(target) {
  return target ~ /^ifmatch/ ? "ours" : target == "nginx-lua" ? "checks" : "passes"
}

function rect(class, x, y, width, height) {
  return sprintf("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"1.5\"/>\n",
    class, x, y, width, height)
}

function text(class, x, y, content) {
  gsub(/&/, "\\&amp;", content)
  gsub(/</, "\\&lt;", content)
  return sprintf("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", class, x, y, content)
}
