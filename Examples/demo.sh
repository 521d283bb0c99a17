#!/usr/bin/env bash
# Five offices and a centre on one machine: import, sync, edit apart, disagree, decide, agree.
# Usage: demo.sh FOLDER-OF-PROGRAMS. Leaves its databases in ./demo; every number comes from them.
set -euo pipefail

bin=$1
here=$(cd "$(dirname "$0")" && pwd)
demo=$PWD/demo
offices=(lima cusco loreto madre_de_dios puno)
server=

case "${LC_ALL:-${LANG:-}}" in es*) spanish=1 ;; *) spanish= ;; esac
export LC_ALL=${LC_ALL:-${LANG:-C.UTF-8}}
unset QUIPU_REPLICA

say() { if [ -n "$spanish" ]; then echo "$1"; else echo "$2"; fi; }
step() { printf '\n== '; say "$1" "$2"; }
q() { local office=$1; shift; "$bin/quipu" --replica "$demo/$office.sqlite" "$@"; }

# Status 3 says that something waits for a person: here that is the point.
allowing() { local expected=$1 status=0; shift; "$@" || status=$?; [ $status = 0 ] || [ $status = "$expected" ]; }

stop_server() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
  server=
}
trap stop_server EXIT

# start_server ADDRESS; port 0 lets the system choose a free one.
start_server() {
  "$bin/quipu-central" serve --replica "$demo/central.sqlite" --listen "$1" \
    >"$demo/central.out" 2>"$demo/central.log" &
  server=$!
  for _ in $(seq 100); do
    central=$(sed -n 's/^Listening on //p' "$demo/central.out")
    [ -z "$central" ] || return 0
    kill -0 "$server" 2>/dev/null || { cat "$demo/central.log" >&2; return 1; }
    sleep 0.1
  done
  echo "quipu-central did not start within 10 s; see $demo/central.log" >&2
  return 1
}

sync_all() {
  local office
  for office in "${offices[@]}"; do
    printf '%-14s' "$office"
    allowing 3 q "$office" sync | head -1
  done
}

# One line for each database: rows, and one number over the digests of all its tables.
compare() {
  local database digests all=() columns='%-14s %16s %11s %10s  %s\n'
  # shellcheck disable=SC2059 # the format is ours
  printf "$columns" "" training_session participant attendance digest
  for database in central "${offices[@]}"; do
    digests=$(q "$database" digest)
    rows() { awk -v table="$1" '$1 == table { print $2 }' <<<"$digests"; }
    all+=("$(tail -n +2 <<<"$digests" | sha256sum | cut -c1-16)")
    # shellcheck disable=SC2059
    printf "$columns" "$database" "$(rows training_session)" \
      "$(rows participant)" "$(rows attendance)" "${all[-1]}"
  done
  if [ "$(printf '%s\n' "${all[@]}" | sort -u | wc -l)" = 1 ]; then
    say "Las seis bases de datos son idénticas." "All six databases are identical."
  else
    say "Las bases de datos NO son idénticas." "The databases are NOT identical."
    return 1
  fi
}

rm -rf "$demo"
mkdir "$demo"

step "Una central y cinco oficinas" "A centre and five offices"
"$bin/quipu-central" init --replica "$demo/central.sqlite"
start_server 127.0.0.1:0
echo "$central"
for office in "${offices[@]}"; do
  cp -r "$here/scenario/$office" "$demo/$office"
  q "$office" init --office "$office" >/dev/null
  code=$("$bin/quipu-central" enroll --replica "$demo/central.sqlite" --office "$office" | awk '{ print $NF }')
  q "$office" enroll --central "$central" --code "$code" | head -1
done

step "Cada oficina importa sus archivos" "Each office imports its files"
for office in "${offices[@]}"; do
  allowing 3 q "$office" import "$demo/$office"/{sesiones,asistencia,entregables}.csv |
    sed -n "s|^$demo/||p"
done
say "Las filas rechazadas quedan en demo/OFICINA/*.rejected.csv, para corregirlas." \
  "Rejected rows are in demo/OFFICE/*.rejected.csv, to be corrected."

step "Todas sincronizan, dos vueltas: la segunda trae lo que las últimas enviaron" \
  "All sync, twice: the second round brings what the last ones sent"
sync_all
sync_all
compare

step "Se cae la línea; dos oficinas cambian las mismas filas" \
  "The line goes down; two offices edit the same rows"
address=${central#http://}
stop_server
allowing 4 q cusco sync || true
person=$(q cusco export participant | awk -F, 'NR > 1 && $3 != "" { print $1; exit }')
tested=$(q cusco export attendance --office cusco | awk -F, '$3 != "" && $15 != "" && $16 != "" { s = $1 " " $3 } END { print s }')
removed=$(q lima export attendance --office lima | awk -F, 'NR > 1 && $3 != "" { print $1 " " $3; exit }')
read -r session someone <<<"$tested"
read -r removed_session removed_person <<<"$removed"
q cusco participant edit "$person" --paternal-surname Huamán >/dev/null
q puno participant edit "$person" --paternal-surname Waman >/dev/null
say "Cusco escribe el apellido Huamán; Puno, en la misma persona, Waman." \
  "Cusco writes the surname Huamán; Puno, for the same person, Waman."
q cusco attendance edit "$session" "$someone" --post-score 15 >/dev/null
q puno attendance edit "cusco/$session" "$someone" --post-score 17 >/dev/null
say "Cusco pone 15 en una prueba de salida de $session; Puno, 17." \
  "Cusco enters 15 in an exit test of $session; Puno, 17."
q lima attendance delete "$removed_session" "$removed_person" >/dev/null
q loreto attendance edit "lima/$removed_session" "$removed_person" --workplace Iquitos >/dev/null
say "Lima borra una asistencia de $removed_session; Loreto corrige su centro." \
  "Lima deletes an attendance of $removed_session; Loreto corrects its workplace."

step "Vuelve la línea" "The line is back"
start_server "$address"
sync_all
sync_all
compare

step "Lo que las personas deben decidir" "What persons have to decide"
q cusco conflicts list

step "Cusco decide el apellido: Huamán" "Cusco decides the surname: Huamán"
conflict=$(q cusco conflicts list --json |
  grep '"column":"paternal_surname"' | grep '"state":"open"' | grep -F "$person" |
  sed -E 's/.*"id":"([^"]+)".*/\1/' | head -1)
q cusco conflicts resolve "$conflict" --keep Huamán
sync_all
sync_all
compare
q puno participant show "$person" | grep paternal_surname
q puno history participant "$person"

step "Los indicadores al 30 de junio de 2020, en la central" "The indicators at 30 June 2020, at the centre"
q central report indicators --cut-off 2020-06-30

step "Para seguir" "To go on"
cat <<EOF
  export PATH=$bin:\$PATH
  quipu --replica demo/cusco.sqlite status
  quipu --replica demo/cusco.sqlite conflicts list
  quipu --replica demo/central.sqlite report quality
  quipu --replica demo/central.sqlite report indicators --period 2020T2 --by sex
  quipu-central serve --replica demo/central.sqlite --listen $address
EOF
