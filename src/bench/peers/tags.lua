-- What ifmatch does, in nginx with Lua: a read is buffered, hashed and tagged; a write takes the
-- resource's lock, looks at what the backend holds, and is forwarded or refused. The answer to a
-- write carries no tag: ifmatch's `write-tag: off`. targets.sh has the configuration around it.

local ffi = require("ffi")
local base64 = require("ngx.base64")

ffi.cdef("unsigned char *SHA256(const unsigned char *d, size_t n, unsigned char *md);")
local digest = ffi.new("unsigned char[32]")
local locks = ngx.shared.locks
local hop_by_hop = { connection = true, ["keep-alive"] = true, ["transfer-encoding"] = true }
local lock_wait, lock_lease = 5, 30

local function tag_of(body)
  ffi.C.SHA256(body, #body, digest)
  return '"' .. base64.encode_base64url(ffi.string(digest, 32)) .. '"'
end

local function backend(method, with_body)
  return ngx.location.capture("/backend" .. ngx.var.uri, {
    method = method, args = ngx.var.args, always_forward_body = with_body,
  })
end

local function matches(field, tag)
  return field == "*" or string.find(field, tag, 1, true) ~= nil
end

local function send(answer)
  ngx.status = answer.status
  for name, value in pairs(answer.header) do
    if not hop_by_hop[name:lower()] then
      ngx.header[name] = value
    end
  end
  if answer.status ~= 204 then
    ngx.print(answer.body)
  end
end

local function read()
  local wanted = ngx.var.http_if_none_match
  ngx.req.clear_header("If-None-Match")
  ngx.req.clear_header("If-Modified-Since")
  local answer = backend(ngx.HTTP_GET)
  if answer.status == 200 and not answer.truncated then
    local tag = tag_of(answer.body)
    ngx.header["ETag"] = tag
    if wanted and matches(wanted, tag) then
      return ngx.exit(304)
    end
  end
  send(answer)
end

local function lock(key)
  local pause, waited = 0.001, 0
  while not locks:add(key, true, lock_lease) do
    if waited > lock_wait then
      return false
    end
    ngx.sleep(pause)
    waited, pause = waited + pause, math.min(pause * 2, 0.05)
  end
  return true
end

local function check_and_write(wanted)
  ngx.req.clear_header("If-Match")
  local current = backend(ngx.HTTP_GET)
  if current.status == 200 and not matches(wanted, tag_of(current.body)) then
    return { status = 412, header = {}, body = "" }
  end
  return backend(ngx.HTTP_PUT, true)
end

local function write()
  local wanted = ngx.var.http_if_match
  if not wanted then
    return ngx.exit(428)
  end
  ngx.req.read_body()
  local key = ngx.var.uri
  if not lock(key) then
    return ngx.exit(503)
  end
  local done, answer = pcall(check_and_write, wanted)
  locks:delete(key)
  if not done then
    error(answer)
  end
  send(answer)
end

return function()
  if ngx.req.get_method() == "PUT" then
    write()
  else
    read()
  end
end
