# Parts of directions. Facts stand in the slots; no number is ever written here.
dose-it = it
dose-range = { $low } to { $high }
dose-each-time = each time
dose-per = { $amount } per { $time }
dose-way = ({ $way })
dose-site = Where: { $site }.
dose-over = over { $time }
dose-rate = at a rate of { $rate }
dose-times =
    { $times ->
        [one] { $times } time
       *[other] { $times } times
    }
dose-times-in = { $times } { $each }
dose-every = every { $period }
dose-times-every = { $times } every { $period }
dose-coded = { $words } ({ $code })
dose-not-daily = only { $often }, not every day
dose-on = on { $days }
dose-at = at { $time }
dose-at-moment = on { $date } at { $time }
dose-minutes =
    { $minutes ->
        [one] { $minutes } minute { $event }
       *[other] { $minutes } minutes { $event }
    }
dose-and = { $first } and { $last }
dose-count =
    { $times ->
        [one] { $times } time in all
       *[other] { $times } times in all
    }
dose-once = { $times } time only
dose-for = for { $time }
dose-from-to = from { $start } to { $end }
dose-from = from { $start } on
dose-until = until { $end }
dose-as-needed = only when you need it
dose-as-needed-for = only when you need it for { $reason }
dose-can-use = You can use it { $often }.
dose-max-period = No more than { $amount } in { $time }.
dose-max-once = No more than { $amount } at a time.
dose-max-life = No more than { $amount } in your whole life.
dose-first = First:
dose-then = Then:
dose-also = And also:
dose-amount-unsaid = The record does not say how much.
dose-often-unsaid = The record does not say how often.
dose-long-unsaid = The record does not say for how long.
dose-start-quoted = Your care team wrote when to start.
dose-time-quoted = Your care team wrote the time of day.
dose-read-amount = How much: { $amount }.
dose-read-way = How: { $way }.
dose-read-often = How often: { $often }.
dose-unread = We could not read all of these directions. Ask your care team before you use it.
