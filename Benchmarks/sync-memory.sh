#!/usr/bin/env bash
# The memory of a sync on either side: an office with N new rows and an empty centre, real programs
# over HTTP. Prints one JSON document.
#
#   Benchmarks/sync-memory.sh FOLDER-OF-THE-PROGRAMS [ROWS, else 1000000]
set -euo pipefail
programs=$1
rows=${2:-1000000}
work=$(mktemp -d)
central=
trap 'kill $central 2>/dev/null || true; rm -rf "$work"' EXIT

quipu() { "$programs/quipu" --replica "$work/office.sqlite" --lang en "$@"; }
port=$((20000 + RANDOM % 20000))
"$programs/quipu-central" init --replica "$work/central.sqlite" >/dev/null
"$programs/quipu-central" serve --replica "$work/central.sqlite" --listen "127.0.0.1:$port" \
  2>"$work/central.log" &
central=$!
quipu init --office cusco >/dev/null
code=$("$programs/quipu-central" enroll --replica "$work/central.sqlite" --office cusco | awk 'END {print $NF}')
for _ in $(seq 50); do
  quipu enroll --central "http://127.0.0.1:$port" --code "$code" >/dev/null 2>&1 && break
  sleep 0.2
done

# Any writer will do; this one is SQLite's own shell.
sqlite3 "$work/office.sqlite" "
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $rows)
  INSERT INTO participant(id, document_type, document_number, paternal_surname, given_names, sex)
  SELECT lower(hex(randomblob(16))), 'DNI', printf('%08d', i), 'Apellido ' || (i % 997),
    'Nombre ' || (i % 389), substr('FM', 1 + i % 2, 1)
  FROM n;"

python3 - "$programs/quipu" "$work/office.sqlite" "$central" "$rows" <<'PY'
import json, resource, subprocess, sys, time
quipu, replica, central, rows = sys.argv[1:5]
start = time.time()
done = subprocess.run([quipu, "--replica", replica, "sync", "--json"], capture_output=True, text=True)
seconds = time.time() - start
office = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
with open(f"/proc/{central}/status") as status:
    centre = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
report = json.loads(done.stdout)
print(json.dumps({
    "rows": int(rows), "pushed": report["pushed"], "verified": report["verified"],
    "bytesSent": report["bytesSent"], "seconds": round(seconds, 1),
    "officePeakMiB": round(office), "centrePeakMiB": round(centre)}))
PY
