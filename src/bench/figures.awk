# Reads the results of src/bench/compare: tables.awk and chart.awk ask for what they show.
# Columns: 1 load, 2 target, 3 round, 4 requests/s, 5 p50, 6 p99, 7 CPU s per 1,000, 8 MiB,
# 9 % of a processor that others used, 10 wrong answers, 11 requests sent late.

BEGIN {
  FS = "\t"
  REQUESTS = 4; P50 = 5; P99 = 6; CPU = 7; MEMORY = 8; OTHERS = 9; WRONG = 10; LATE = 11
  BASE = "nginx"
  NOISE = 5
  name_list("get-1k=GET 1 KiB|get-100k=GET 100 KiB|get-1m=GET 1 MiB|not-modified=GET, answered 304|" \
    "put=PUT 1 KiB|put-stale=PUT, stale tag|" \
    "nginx-lua=nginx + Lua|haproxy=HAProxy|vertx=Vert.x|undertow=Undertow|spring=Spring Cloud Gateway|" \
    "caddy=Caddy|ifmatch-no-write-tag=ifmatch, write-tag: off|ifmatch-xxh3=ifmatch, --hash xxh3")
}

/^# / { meta[substr($1, 3)] = meta[substr($1, 3)] (meta[substr($1, 3)] == "" ? "" : "; ") $2; next }
$1 == "load" { next }

{
  if (!($1 in load_seen)) { load_seen[$1]; loads[++load_count] = $1 }
  if (!($2 in target_seen)) { target_seen[$2]; targets[++target_count] = $2 }
  measured[$1, $2]
  if ($3 > rounds) rounds = $3
  for (c = 4; c <= 11; c++) {
    at[$1, $2, $3, c] = $c
    all[$1, $2, c] = all[$1, $2, c] " " $c
  }
  noisy[$1, $2] += $OTHERS > NOISE
  wrong += $WRONG
}

function name_list(list,   n, i, entries, pair) {
  n = split(list, entries, "|")
  for (i = 1; i <= n; i++) { split(entries[i], pair, "="); names[pair[1]] = pair[2] }
}

# A load or a target in words: get-1k@1000 is "GET 1 KiB, 1,000 connections".
function words(key,   parts, name) {
  split(key, parts, "@")
  name = parts[1] in names ? names[parts[1]] : parts[1]
  if (parts[2] ~ /\/s$/) return name ", " thousands(parts[2] + 0) " a second"
  if (parts[2] == 1) return name ", 1 connection"
  return parts[2] == "" ? name : name ", " thousands(parts[2]) " connections"
}

function thousands(n) {
  return n < 1000 ? sprintf("%d", n) : thousands(int(n / 1000)) sprintf(",%03d", n % 1000)
}

# Sorts a list of numbers into sorted[1..n], and returns n.
function sort(list, sorted,   n, i, j, v) {
  n = split(list, sorted, " ")
  for (i = 2; i <= n; i++) {
    v = sorted[i] + 0
    for (j = i - 1; j > 0 && sorted[j] + 0 > v; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = v
  }
  return n
}

function median(list,   n, sorted) {
  n = sort(list, sorted)
  return n % 2 ? sorted[(n + 1) / 2] + 0 : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

# The ratios of a target to nginx, round by round: both then met the same machine.
function ratios(load, target, column,   r, list) {
  for (r = 1; r <= rounds; r++)
    if (at[load, BASE, r, column] > 0 && at[load, target, r, column] > 0)
      list = list " " at[load, target, r, column] / at[load, BASE, r, column]
  return list
}
