#!/usr/bin/env bash
# Sends every request under samples/requests to a running service and prints what it answers beside what is
# expected (expected.tsv: file, verdict, reason). Ends with 1 if any differs.
#
#   samples/run-all.sh [URL]     default http://localhost:8080, where ./kanqian serve listens
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
url=${1:-http://localhost:8080}
if ! curl -fsS -m 5 "$url/actuator/health" >/dev/null 2>&1; then
  echo "$url 没有应答，请先运行 ./kanqian serve / does not answer; start ./kanqian serve first" >&2
  exit 69
fi

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
count() { grep -o "\"status\":\"$1\"" "$answer" | wc -l; }
wrong=0
row='%-3s %-44s %-11s %-11s %4s %4s %4s %4s\n'
# shellcheck disable=SC2059
printf "$row" '' request verdict expected MET VIOL UNKN VISIT
while IFS=$'\t' read -r file expected reason; do
  [ -n "$file" ] && [ "${file:0:1}" != '#' ] || continue
  status=$(curl -sS -m 60 -o "$answer" -w '%{http_code}' -H 'Content-Type: application/json' \
    --data-binary "@$here/requests/$file" "$url/v1/pre-checks")
  verdict=$(grep -o '"verdict":"[A-Z_]*"' "$answer" | head -n 1 | cut -d '"' -f 4)
  verdict=${verdict:-HTTP $status}
  mark=ok
  if [ "$verdict" != "$expected" ]; then
    mark='!!'
    wrong=$((wrong + 1))
  fi
  # shellcheck disable=SC2059
  printf "$row" "$mark" "${file%.json}" "$verdict" "$expected" \
    "$(count MET)" "$(count VIOLATED)" "$(($(count UNKNOWN) + $(count MARGINAL)))" "$(count VISIT)"
  [ "$mark" = ok ] || { echo "     $reason" && head -c 600 "$answer" && echo; }
done <"$here/requests/expected.tsv"

listed=$(grep -c '^[^#]' "$here/requests/expected.tsv")
present=$(find "$here/requests" -name '*.json' | wc -l)
if [ "$listed" -ne "$present" ]; then
  echo "expected.tsv 列了 $listed 个，文件夹里有 $present 个 / lists $listed, the folder holds $present"
  wrong=$((wrong + 1))
fi
[ "$wrong" -eq 0 ]
