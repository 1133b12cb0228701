# shellcheck shell=bash disable=SC2016,SC2154
# One measurement of src/bench/compare: what is sent, what came back, what it took.

# ---- figures from /proc

# CPU ticks and resident KiB of a process and all below it; zeros where there is none.
tree() { # PID
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v root="$1" -v page="$(getconf PAGESIZE)" '
    { id = $1; sub(/^.*\) /, ""); parent[id] = $2; cpu[id] = $12 + $13 + $14 + $15; rss[id] = $22 }
    END {
      for (id in parent) {
        for (up = id; up in parent && up != root; up = parent[up]);
        if (up == root) { c += cpu[id]; r += rss[id] }
      }
      print c + 0, r * page / 1024
    }'
}

# Ticks that any process used on this machine, with what its host took away.
machine() { awk '/^cpu / { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat; }

# Ticks that the commands of this script used.
own() { awk '{ sub(/^.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$$/stat"; }

# ---- one measurement

answer() { # PORT METHOD TARGET NAME [FIELD]...: the status of an answer, and the value of a field
  local port=$1 method=$2 target=$3 name=$4 length=0
  shift 4
  [ "$method" = GET ] || length=4
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  {
    printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n' "$method" "$target"
    ((length == 0)) || printf 'Content-Type: text/plain\r\nContent-Length: %d\r\n' "$length"
    printf '%s\r\n' "$@" ''
    ((length == 0)) || printf 'data'
  } >&3
  timeout 20 awk -v name="$name" '
    { sub(/\r$/, "") }
    NR == 1 { status = $2 }
    /^$/ { exit }
    tolower($1) == tolower(name) ":" { value = substr($0, length($1) + 2) }
    END { print status, value }' <&3
  exec 3>&-
}

# A load is what it is called only if one request of it gets the answer that is expected.
verify() { # TARGET LOAD
  local tag field expected=200 got method=GET
  parse "$2"
  read -r _ tag < <(answer "${port[$1]}" GET "${path[$kind]}" ETag)
  case $kind in
    get-*) field='Accept: */*' ;;
    not-modified) expected=304 field=${tag:+If-None-Match: $tag} field=${field:-If-Modified-Since: $date} ;;
    put) expected=204 method=PUT field="If-Match: $tag" ;;
    put-stale) expected=204 method=PUT field='If-Match: "old"' && checks "$1" && expected=412 ;;
  esac
  [[ -n $tag ]] || ! checks "$1" || fail "$1 does not tag ${path[$kind]}"
  read -r got _ < <(answer "${port[$1]}" "$method" "${path[$kind]}" ETag "$field")
  [ "$got" = "$expected" ] || fail "$1 answers $2 with $got, not with $expected"
}

drive() { # TARGET LOAD SECONDS: what load.lua says
  local tag
  parse "$2"
  read -r _ tag < <(answer "${port[$1]}" GET "${path[$kind]}" ETag)
  LOAD=$kind TAG=$tag DATE=$date RATE=$rate taskset -c "$load_core" \
    wrk -t 1 -c "$clients" -d "${3}s" --timeout 30s -s "$bench/load.lua" \
    "http://127.0.0.1:${port[$1]}${path[$kind]}" | sed -n 's/^RESULT //p'
}

measure() { # TARGET LOAD ROUND: leaves a line in $line; fails where others took the machine
  local proxy=${pid[$1]:-none} result refused before after before_backend after_backend rss all mine others
  read -r before _ < <(tree "$proxy")
  read -r before_backend _ < <(tree "${pid[backend]}")
  all=$(machine) mine=$(own)
  result=$(drive "$1" "$2" "$seconds")
  mine=$(($(own) - mine)) all=$(($(machine) - all))
  read -r after_backend _ < <(tree "${pid[backend]}")
  read -r after rss < <(tree "$proxy")
  others=$((all - mine - (after - before) - (after_backend - before_backend)))
  refused=0
  if [[ $2 == put-stale* ]] && checks "$1"; then refused=1; fi
  line=$(awk -v target="$1" -v load="$2" -v round="$3" -v cpu=$((after - before)) -v ticks="$ticks" \
    -v rss="$rss" -v others="$others" -v refused="$refused" '{
      refused *= $1
      wrong = ($5 > refused ? $5 - refused : refused - $5) + $6
      printf "%s\t%s\t%d\t%.0f\t%.3f\t%.3f\t%.5f\t%.1f\t%.1f\t%d\t%d\n", load, target, round,
        $1 / ($2 / 1e6), $3 / 1e3, $4 / 1e3, $1 ? cpu / ticks / ($1 / 1e3) : 0, rss / 1024,
        100 * others / ticks / ($2 / 1e6), wrong, $7
    }' <<<"$result")
  awk -F'\t' '{
    printf "  %-14s %-20s round %d  %7d req/s  %.4f CPU s/1000", $1, $2, $3, $4, $7
    if ($9 > 5) printf "  noisy: others used %.0f %% of a processor", $9
    if ($10 > 0) printf "  %d wrong answers", $10
    print ""
    exit ($9 > 5) }' <<<"$line" >&2
}
