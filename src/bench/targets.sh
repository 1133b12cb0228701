# shellcheck shell=bash disable=SC2004,SC2034,SC2086,SC2154
# What src/bench/compare measures: how each target is started, what it needs, which version it is.
# To add one: a word in all_targets, and a case in needs, version and launch.

all_targets=(direct nginx haproxy nginx-lua vertx undertow spring caddy
  ifmatch ifmatch-no-write-tag ifmatch-xxh3)

modules=/usr/lib/nginx/modules
peers=$bench/peers/target

# What is missing for a target, as a sentence that says how to get it; nothing where all is there.
missing() { # TARGET
  local program package
  case $1 in
    haproxy | caddy) program=$1 package=$1 ;;
    nginx-lua) program=$modules/ngx_http_lua_module.so package=libnginx-mod-http-lua ;;
    vertx | undertow | spring)
      [ -f "$peers/peers.jar" ] || echo 'needs mvn -q -f src/bench/peers package'
      return ;;
    *) return ;;
  esac
  command -v "$program" >/dev/null || [ -f "$program" ] ||
    echo "needs Debian's $package: apt-get install --no-install-recommends $package"
}

# The Java peers are built when a source is newer than their jar, or when there is none.
build_peers() {
  local sources=("$bench"/peers/{pom.xml,java,resources})
  if [ ! -f "$peers/peers.jar" ] || [ -n "$(find "${sources[@]}" -newer "$peers/peers.jar")" ]; then
    command -v mvn >/dev/null || return 0
    say 'building the Java peers'
    if mvn -q -B -f "$bench/peers/pom.xml" package >&2; then
      touch "$peers/peers.jar"
    else
      say 'the Java peers were not built'
    fi
  fi
}

jar_version() { basename "$peers"/lib/"$1"-[0-9]*.jar .jar | sed 's/.*-\([0-9]\)/\1/'; }

version() { # TARGET
  case $1 in
    nginx) nginx -v 2>&1 | sed 's/.*version: //' ;;
    haproxy) haproxy -v | awk 'NR == 1 { print "HAProxy", $3 }' ;;
    nginx-lua) dpkg-query -W -f 'lua-nginx-module ${Version}\n' libnginx-mod-http-lua ;;
    vertx) echo "Vert.x $(jar_version vertx-core)" ;;
    undertow) echo "Undertow $(jar_version undertow-core)" ;;
    spring) echo "Spring Cloud Gateway $(jar_version spring-cloud-gateway-server-webflux)" ;;
    caddy) echo "Caddy $(caddy version)" ;;
    ifmatch*) "$java" -jar "$jar" --version | head -1 ;;
  esac
}

# Whether a target tags and refuses; the others pass everything on.
checks() { # TARGET
  case $1 in nginx-lua | ifmatch*) true ;; *) false ;; esac
}

# Whether a target is compiled while it runs, and has to be warm before it is measured.
compiles() { # TARGET
  case $1 in vertx | undertow | spring | ifmatch*) true ;; *) false ;; esac
}

# Which loads say something about a target. The variants of ifmatch differ in one thing each.
applies() { # TARGET LOAD
  case $1/$2 in
    ifmatch-no-write-tag/put | ifmatch-no-write-tag/put@*) true ;;
    ifmatch-xxh3/get-100k* | ifmatch-xxh3/get-1m*) true ;;
    ifmatch-*) false ;;
    direct/*/s | nginx/*/s | nginx-lua/*/s | ifmatch/*/s) true ;;
    */*/s) false ;;
    *) true ;;
  esac
}

# ---- configurations

nginx_conf() { # NAME MODULE..., and the http block on standard input
  local name=$1 module kind
  mkdir -p "$work/$name"
  shift
  {
    [ "$(id -u)" != 0 ] || echo 'user root;'
    for module; do echo "load_module $modules/$module.so;"; done
    echo "daemon off; worker_processes 1; pid $work/$name/pid; error_log $work/$name/error.log;"
    echo 'events { worker_connections 4096; }'
    echo 'http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;'
    for kind in client_body proxy fastcgi uwsgi scgi; do
      echo "${kind}_temp_path $work/$name/$kind;"
    done
    cat
    echo '}'
  } >"$work/$name.conf"
}

letters() { # BYTES
  awk -v bytes="$1" 'BEGIN { for (i = 0; i < bytes; i++) printf "%c", 97 + i % 26 }'
}

# The backend has no tags, so that they are made here; a write is answered and forgotten.
backend_conf() {
  mkdir "$work/files"
  letters 1024 >"$work/files/1k"
  letters 102400 >"$work/files/100k"
  letters 1048576 >"$work/files/1m"
  nginx_conf backend <<CONF
    etag off; default_type text/plain; open_file_cache max=10;
    server {
      listen 127.0.0.1:${port[backend]} backlog=4096;
      root $work/files;
      location /documents/ {
        if (\$request_method = PUT) { return 204; }
        rewrite ^ /1k break;
      }
    }
CONF
}

upstream="upstream backend { server 127.0.0.1:BACKEND; keepalive 1024; keepalive_requests 100000000; }"
proxied='proxy_http_version 1.1; proxy_set_header Connection ""; proxy_max_temp_file_size 0;'

# Plain proxy_pass with kept connections; nothing is spooled to a disk that ifmatch would not use.
nginx_plain_conf() {
  nginx_conf nginx <<CONF
    ${upstream/BACKEND/${port[backend]}}
    server {
      listen 127.0.0.1:${port[nginx]} backlog=4096;
      location / { proxy_pass http://backend; $proxied }
    }
CONF
}

# An answer that Lua captures has to fit in nginx's own buffers: it stops for ever when they are full.
nginx_lua_conf() {
  nginx_conf nginx-lua ndk_http_module ngx_http_lua_module <<CONF
    ${upstream/BACKEND/${port[backend]}}
    lua_shared_dict locks 10m;
    lua_package_path '$bench/peers/?.lua;;';
    server {
      listen 127.0.0.1:${port[nginx-lua]} backlog=4096;
      location / { content_by_lua_block { require("tags")() } }
      location /backend/ { internal; proxy_pass http://backend/; $proxied proxy_buffers 80 16k; }
    }
CONF
}

haproxy_conf() {
  cat >"$work/haproxy.conf" <<CONF
global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
listen proxy
  bind 127.0.0.1:${port[haproxy]} backlog 4096
  server backend 127.0.0.1:${port[backend]} pool-max-conn 1024
CONF
}

caddy_conf() {
  cat >"$work/caddy.conf" <<CONF
{
  admin off
  auto_https off
}
http://:${port[caddy]} {
  bind 127.0.0.1
  reverse_proxy 127.0.0.1:${port[backend]} {
    transport http {
      keepalive_idle_conns_per_host 1024
    }
  }
}
CONF
}

# ---- starting

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local candidate
  for _ in {1..50}; do
    candidate=$((20000 + RANDOM % 10000))
    listens "$candidate" || { echo "$candidate" && return; }
  done
  return 1
}

start() { # NAME CORE COMMAND...
  local name=$1 core=$2
  shift 2
  taskset -c "$core" "$@" >"$work/$name.log" 2>&1 &
  pid[$name]=$!
  for _ in {1..300}; do
    kill -0 "${pid[$name]}" 2>/dev/null || break
    ! listens "${port[$name]}" || return 0
    sleep 0.1
  done
  cat "$work/$name.log" >&2
  fail "$name did not start, see above"
}

start_peer() { # TARGET CLASS
  start "$1" "$proxy_core" "$java" $java_opts -cp "$peers/peers.jar:$peers/lib/*" "dev.ifmatch.peers.$2" \
    "${port[$1]}" "${port[backend]}"
}

start_ifmatch() { # TARGET OPTION...
  local name=$1
  shift
  start "$name" "$proxy_core" "$java" $java_opts -jar "$jar" "http://127.0.0.1:${port[backend]}" \
    --listen "127.0.0.1:${port[$name]}" "$@"
}

launch() { # TARGET
  port[$1]=$(free_port)
  case $1 in
    backend) backend_conf && start backend "$load_core" nginx -p "$work" -c "$work/backend.conf" ;;
    direct) port[direct]=${port[backend]} ;;
    nginx) nginx_plain_conf && start nginx "$proxy_core" nginx -p "$work" -c "$work/nginx.conf" ;;
    nginx-lua) nginx_lua_conf && start nginx-lua "$proxy_core" nginx -p "$work" -c "$work/nginx-lua.conf" ;;
    haproxy) haproxy_conf && start haproxy "$proxy_core" haproxy -db -f "$work/haproxy.conf" ;;
    caddy)
      caddy_conf
      HOME=$work start caddy "$proxy_core" caddy run --adapter caddyfile --config "$work/caddy.conf" ;;
    vertx) start_peer vertx VertxProxy ;;
    undertow) start_peer undertow UndertowProxy ;;
    spring) start_peer spring SpringGateway ;;
    ifmatch) start_ifmatch ifmatch ;;
    ifmatch-xxh3) start_ifmatch ifmatch-xxh3 --hash xxh3 ;;
    ifmatch-no-write-tag)
      printf 'policy:\n  write-tag: off\n' >"$work/ifmatch.yaml"
      start_ifmatch ifmatch-no-write-tag --config "$work/ifmatch.yaml" ;;
  esac
}
