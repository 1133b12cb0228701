-- What wrk sends for one load, and one line that says what came back.
--
-- LOAD  get, not-modified, put, put-stale
-- TAG   the entity-tag of the current state, with its quotes
-- DATE  the modification date of the current state
-- RATE  how many requests a second; none: each connection sends as soon as it has its answer

local load = os.getenv("LOAD")
local rate = tonumber(os.getenv("RATE"))
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

-- At a constant rate, all connections share one timetable: whichever is free takes its next time.
-- A time that has passed is kept, not dropped: its request goes out at once and is counted as late.
late = 0
if rate then
  local ffi = require("ffi")
  ffi.cdef("struct now { long s, ns; }; int clock_gettime(int clock, struct now *now);")
  local clock = ffi.new("struct now")
  local next_time

  local function milliseconds()
    ffi.C.clock_gettime(1, clock)
    return tonumber(clock.s) * 1000 + tonumber(clock.ns) / 1e6
  end

  function delay()
    local now = milliseconds()
    next_time = (next_time or now) + 1000 / rate
    if next_time < now - 1 then
      late = late + 1
    end
    return math.max(0, math.floor(next_time - now + 0.5))
  end
end

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function done(summary, latency, requests)
  local errors = summary.errors
  local late_sum = 0
  for _, thread in ipairs(threads) do
    late_sum = late_sum + thread:get("late")
  end
  io.write(string.format("RESULT %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout, late_sum))
end
