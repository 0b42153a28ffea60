# The same counting as Pullscope's for combined lines in order of time: HEAD and GET of manifests, folded within 5 s
# inside one (address, repository). Prints pulls by tag, pulls by digest and version checks, which must be equal.
# A list holds chains in the order of their last request: h HEAD by tag, k HEAD by digest, g with a GET.
function best(list, want, rule,   i, id, found, match_) {
  found = 0
  for (i = top[list]; i > bottom[list]; i--) {
    id = item[list, i]
    if (!id) continue
    if (now - last[id] > 5) { bottom[list] = i; break }
    if (rule == "equal" ? ref[id] != want : rule == "other" ? digest[id] == want : 0) continue
    if (agent[id] == ua) { place = i; return id }
    if (!found) { found = id; place = i }
  }
  return found
}
function push(list, id) { item[list, ++top[list]] = id; last[id] = now }
function take(list, id) { delete item[list, place]; if (place == top[list]) top[list]--; return id }
function open(list, kind) { ++ids; ref[ids] = r; digest[ids] = d ? r : ""; agent[ids] = ua; push(list, ids); count[kind]++ }
{
  n = split($0, q, "\""); split(q[2], m, " "); split(q[3], s, " ")
  if ((m[1] != "HEAD" && m[1] != "GET") || s[1] !~ /^(2..|302|303|304|307)$/) next
  path = m[2]; sub(/[?#].*/, "", path)
  if (!match(path, /\/manifests\/[^\/]+$/)) next
  name = substr(path, 5, RSTART - 5); r = substr(path, RSTART + 11)
  sub(/%3[Aa]/, ":", r)
  if (r ~ /^sha256-[0-9a-f]+(\.sig|\.att|\.sbom)?$/ && length(r) >= 71) next
  ua = q[6]
  split($1, c, " "); t = substr($4, 2)
  day = substr(t, 1, 11)
  if (!(day in days)) days[day] = mktime(substr(t, 8, 4) " " (index("JanFebMarAprMayJunJulAugSepOctNovDec", substr(t, 4, 3)) + 2) / 3 " " substr(t, 1, 2) " 0 0 0")
  now = days[day] + substr(t, 13, 2) * 3600 + substr(t, 16, 2) * 60 + substr(t, 19, 2)
  d = r ~ /^[a-z0-9]+:[0-9a-fA-F]+$/
  key = $1 " " name
  if (m[1] == "HEAD") { open((d ? "k " : "h ") key, d ? "digest" : "check"); next }
  if (!d) {
    id = best("h " key, r, "equal")
    if (id) { take("h " key, id); count["check"]--; count["tag"]++; push("g " key, id) } else open("g " key, "tag")
    next
  }
  id = best("k " key, r, "equal")
  if (id) { take("k " key, id); push("g " key, id); next }
  id = best("h " key, "", "any")
  if (id) { take("h " key, id); count["check"]--; count["tag"]++; digest[id] = r; push("g " key, id); next }
  id = best("g " key, r, "other")
  if (id) { take("g " key, id); next }
  open("g " key, "digest")
}
END { print count["tag"] + 0, count["digest"] + 0, count["check"] + 0 }
