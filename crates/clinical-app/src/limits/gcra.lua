-- One request of one client. GCRA: the key holds the moment at which all requests so far are worked off, in
-- microseconds of Redis's own clock, so that the clocks of the processes do not matter.
-- KEYS[1] the client; ARGV[1] requests a minute.
-- Gives {1, microseconds until the whole limit is there again} or {0, microseconds until one is allowed}.
local limit = tonumber(ARGV[1])
local step = math.floor(60000000 / limit)
local burst = step * limit
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local done = tonumber(redis.call('GET', KEYS[1])) or now
-- A clock that was set back must not lock anybody out for longer than a minute.
if done < now then done = now elseif done > now + burst then done = now + burst end
local next = done + step
if next - now > burst then return { 0, next - now - burst } end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return { 1, next - now }
