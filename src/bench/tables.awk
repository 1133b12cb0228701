# The tables, in Markdown. Fails where an answer was not what its load expects.

END {
  printf "ifmatch beside other proxies, %s\n\n", meta["date"]
  printf "machine   %s\nversions  %s\nrounds    %s\n", meta["machine"], meta["version"], meta["rounds"]
  print "          a round is noisy where other processes used more than " NOISE " % of a processor"
  if (BASE in target_seen) overview()
  for (l = 1; l <= load_count; l++) details(loads[l])
  if (wrong) printf "\n%d answers were not what the load expects: the figures mean nothing\n", wrong
  exit wrong > 0
}

function overview(   l, t, line) {
  print "\nCPU time for each request, as a multiple of what nginx takes in the same round\n"
  line = "| |"
  for (t = 1; t <= target_count; t++) if (proxies(targets[t])) line = line " " words(targets[t]) " |"
  print line
  gsub(/[^|]+/, "---:", line)
  sub(/---:/, "---", line)
  print line
  for (l = 1; l <= load_count; l++) {
    line = "| " words(loads[l]) " |"
    for (t = 1; t <= target_count; t++)
      if (proxies(targets[t])) line = line " " ratio(loads[l], targets[t], "%.2f") " |"
    print line
  }
}

function proxies(target) { return target != "direct" }

function ratio(load, target, form,   list) {
  list = ratios(load, target, CPU)
  return list == "" ? "" : sprintf(form, median(list))
}

function details(load,   t) {
  printf "\n%s\n\n", words(load)
  print "| target | requests/s | p50 ms | p99 ms | CPU s per 1,000 | CPU, nginx = 1 | requests/s, nginx = 1 |" \
    " MiB resident | noisy rounds |" (late(load) ? " sent late |" : "")
  print "|---|---:|---:|---:|---:|---:|---:|---:|---:|" (late(load) ? "---:|" : "")
  for (t = 1; t <= target_count; t++)
    if ((load, targets[t]) in measured) row(load, targets[t])
}

function row(load, target,   cpu) {
  cpu = proxies(target)
  printf "| %s | %s | %s | %s | %s | %s | %s | %s | %d |", words(target),
    spread(all[load, target, REQUESTS], "%d"), spread(all[load, target, P50], "%.2f"),
    spread(all[load, target, P99], "%.2f"), cpu ? spread(all[load, target, CPU], "%.4f") : "",
    spread(ratios(load, target, CPU), "%.2f"), spread(ratios(load, target, REQUESTS), "%.2f"),
    cpu ? spread(all[load, target, MEMORY], "%.0f") : "", noisy[load, target]
  if (late(load)) printf " %s |", spread(all[load, target, LATE], "%d")
  print ""
}

function late(load) { return load ~ /\/s$/ }

# The median, with the smallest and the largest where they differ from it.
function spread(list, form,   n, sorted, middle, low, high) {
  if (list == "") return ""
  n = sort(list, sorted)
  middle = sprintf(form, median(list))
  low = sprintf(form, sorted[1])
  high = sprintf(form, sorted[n])
  return low == high ? middle : middle " (" low "–" high ")"
}
