-- What wrk sends for one load, and one line that says what came back.
--
-- LOAD  get, not-modified, put, put-stale
-- TAG   the entity-tag of the current state, with its quotes
-- DATE  the modification date of the current state

local load = os.getenv("LOAD")
local resources = 1000
local body = string.rep("x", 1024)
local writes = {}
local next_write = 0

if load == "not-modified" then
  -- each target gets the condition it can answer: ours by the tag, the backend's own by the date
  wrk.headers["If-None-Match"] = os.getenv("TAG") ~= "" and os.getenv("TAG") or nil
  wrk.headers["If-Modified-Since"] = os.getenv("TAG") == "" and os.getenv("DATE") or nil
end

if load == "put" or load == "put-stale" then
  local tag = load == "put" and os.getenv("TAG") or '"the-state-of-yesterday"'

  function init(args)
    local headers = { ["Content-Type"] = "text/plain", ["If-Match"] = tag }
    for i = 1, resources do
      writes[i] = wrk.format("PUT", "/documents/" .. i, headers, body)
    end
  end

  function request()
    next_write = next_write % resources + 1
    return writes[next_write]
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
