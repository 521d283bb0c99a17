#!/usr/bin/env bash
# How long the office's pages take over a large replica, by HTTP from this machine.
# Usage: pages.sh FOLDER-OF-PROGRAMS [ATTENDANCES]. Prints the median and the longest of 20 requests in ms.
set -euo pipefail
bin=$1
rows=${2:-100000}
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
quipu() { "$bin/quipu" --replica "$folder/cusco.sqlite" --lang en "$@"; }

python3 - "$rows" "$folder" <<'PYTHON'
import random, sys
rows, folder = int(sys.argv[1]), sys.argv[2]
chance = random.Random(20251123)
names = "Ana Rosa Luis Carlos María José Elena Julio Nélida Víctor Zoila Teófilo".split()
surnames = "Quispe Mamani Flores Huamán Rojas Sánchez Díaz Peña Ccori Ñaupari Condori Poma".split()
with open(f"{folder}/s.csv", "w") as out:
    out.write("codigo;titulo;tipo;estado;fecha_inicio;indicadores\n")
    for number in range(rows // 40):
        day = f"20{16 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}"
        out.write(f"CUS-{number:05};Taller {number};taller;realizada;{day};P-1.2.1.1\n")
with open(f"{folder}/a.csv", "w") as out:
    out.write("sesion;numero_documento;apellido_paterno;apellido_materno;nombres;sexo;cargo;culmino;"
              "prueba_entrada;prueba_salida\n")
    for row in range(rows):
        person = row % (rows * 2 // 3)
        own = random.Random(person)
        out.write(f"CUS-{row // 40:05};{10000000 + person * 7};{own.choice(surnames)};{own.choice(surnames)};"
                  f"{own.choice(names)} {own.choice(names)};{own.choice('FM')};policia;sí;"
                  f"{chance.randint(4, 14)};{chance.randint(8, 20)}\n")
PYTHON
quipu init --office cusco >/dev/null
quipu import "$folder/s.csv" "$folder/a.csv" >/dev/null || [ $? = 3 ]
"$bin/quipu" --replica "$folder/cusco.sqlite" --lang en serve --listen 127.0.0.1:0 >"$folder/out" &
server=$!
for _ in $(seq 600); do
  url=$(sed -n 's/^Listening on //p' "$folder/out")
  [ -z "$url" ] || break
  sleep 0.1
done
session=$(sqlite3 "$folder/cusco.sqlite" "SELECT id FROM training_session ORDER BY id LIMIT 1")
person=$(sqlite3 "$folder/cusco.sqlite" "SELECT id FROM participant ORDER BY id LIMIT 1")
jar=$folder/jar
token=$(curl -s -c "$jar" -b "$jar" "$url/participants" | grep -o 'name="_token" value="[0-9a-f]*"' | head -1 | cut -d'"' -f4)

measure() {
  local name=$1
  shift
  for _ in $(seq 20); do curl -s -o /dev/null -b "$jar" -w '%{time_total} %{http_code}\n' "$@"; done | sort -n |
    awk -v name="$name" '{ time[NR] = $1 * 1000; code = $2 }
      END { printf "%-34s %7.1f %7.1f  %s\n", name, time[int((NR + 1) / 2)], time[NR], code }'
}
printf '%-34s %7s %7s\n' "$rows attendances" median longest
measure "today" "$url/"
measure "sessions" "$url/sessions"
measure "sessions, searched" "$url/sessions?q=taller%20123"
measure "a session of 40" "$url/sessions/$session"
measure "participants, first page" "$url/participants"
measure "participants, page 400" "$url/participants?page=400"
measure "a participant" "$url/participants/$person"
measure "conflicts" "$url/conflicts"
measure "sync" "$url/sync"
measure "finding by document" "$url/sessions/$session/search" -H 'X-Quipu-Script: 1' -d "_token=$token" -d q=100001
measure "finding by name" "$url/sessions/$session/search" -H 'X-Quipu-Script: 1' -d "_token=$token" --data-urlencode 'q=naupari zoila'
measure "who resembles a new person" "$url/sessions/$session/similar" -H 'X-Quipu-Script: 1' -d "_token=$token" -d paternal_surname=Naupari -d given_names=Zoila
measure "history of a session" "$url/history/training_session/$session"
measure "to complete" "$url/quality"
