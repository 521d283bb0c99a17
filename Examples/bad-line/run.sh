#!/usr/bin/env bash
# A day's work of an office over a bad line: 500 attendances and 200 edits at 2 kB/s, with 40 % loss and
# 3 s of delay. Usage: run.sh FOLDER-OF-PROGRAMS [options of proxy.py]. Takes some minutes; every
# number that it prints was measured.
set -euo pipefail

bin=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
export LC_ALL=C.UTF-8
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

listening() { # FILE
  for _ in $(seq 100); do
    grep -q '^Listening on' "$1" 2>/dev/null && { awk '{print $NF; exit}' "$1"; return; }
    sleep 0.1
  done
  echo "nothing listens; see $1" >&2
  return 1
}
quipu() { "$bin/quipu" --replica "$work/cusco.sqlite" "$@"; }

"$bin/quipu-central" init --replica "$work/central.sqlite" >/dev/null
"$bin/quipu-central" serve --replica "$work/central.sqlite" --listen 127.0.0.1:0 \
  >"$work/central.out" 2>"$work/central.log" &
pids+=($!)
central=$(listening "$work/central.out")
quipu init --office cusco >/dev/null
code=$("$bin/quipu-central" enroll --replica "$work/central.sqlite" --office cusco | awk '{print $NF}')
quipu enroll --central "$central" --code "$code" >/dev/null
cp "$here/../scenario/cusco/sesiones.csv" "$work/sesiones.csv"
quipu import "$work/sesiones.csv" >/dev/null || [ $? = 3 ]
quipu sync >/dev/null

# The day: 500 attendances, then 200 of them corrected.
head -n 501 "$here/../scenario/cusco/asistencia.csv" >"$work/dia.csv"
quipu import "$work/dia.csv" >/dev/null || [ $? = 3 ]
python3 - "$work/cusco.sqlite" <<'PYTHON'
import sqlite3
import sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("""UPDATE attendance SET post_score = 12 + abs(random() % 8) WHERE rowid IN
  (SELECT rowid FROM attendance ORDER BY rowid LIMIT 200)""")
connection.commit()
PYTHON
echo "To send: $(quipu status --json | sed -n 's/.*"unsent": \([0-9]*\).*/\1/p') changes"

python3 "$here/proxy.py" --to "${central#http://}" "$@" >"$work/proxy.out" &
proxy=$!
pids+=($proxy)
port=$(listening "$work/proxy.out")
start=$(date +%s)
runs=0
while :; do
  runs=$((runs + 1))
  status=0
  quipu sync --central "http://127.0.0.1:$port" --json >"$work/sync.json" 2>"$work/sync.err" || status=$?
  [ $status = 4 ] || break
  [ $runs -lt 40 ] || { echo "gave up after $runs runs" >&2; exit 1; }
done
[ $status = 0 ] || [ $status = 3 ] || { cat "$work/sync.err" >&2; exit $status; }
echo "Seconds: $(($(date +%s) - start)), runs of quipu sync: $runs"
echo "The last run said: $(tr -d '\n' <"$work/sync.json")"
kill -TERM $proxy
wait $proxy || true
echo "On the line: $(tail -n 1 "$work/proxy.out")"
quipu status --json | grep -E 'unsent|verified'
