#!/usr/bin/env bash
# Runs the standard loads of docs/performance.md with chat-load and prints them as one table. Needs bash, coreutils, sed, awk and the
# .NET SDK. Takes about two minutes for each durability.
#
#   tests/benchmarks/standard.sh [none] [normal] [full]     default: none full
#   CHAT_TRANSPORT=kestrel tests/benchmarks/standard.sh     without reactors
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 Chat__Transport__Tcp=${CHAT_TRANSPORT:-reactors}
durabilities=("$@")
[[ $# -gt 0 ]] || durabilities=(none full)

built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
dotnet build Chat.LoadTest --configuration Release --verbosity quiet >"$built/log" || { cat "$built/log" >&2; exit 1; }
load=$(echo Chat.LoadTest/bin/Release/net*/chat-load.dll)

run() { # name, options: one row
  local name=$1
  shift
  dotnet "$load" --seed 1 "$@" >"$built/report" || echo "standard.sh: $name failed its checks, see its row" >&2
  awk -v name="$name" '
    /^delivered / { match($0, /\([0-9,.]+ per second/); rate = substr($0, RSTART + 1, RLENGTH - 12) }
    /^errors / { errors = $2 " / " $4 " / " $6 }
    /^(delivery|ping) / { p50 = $3; p99 = $7; p999 = $9 }
    /^daemon used / { cpu = $3; each = $8; sub(/^\(/, "", each); memory = $(NF - 5) " " $(NF - 4) }
    END { printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", name, rate, p50, p99, p999, cpu, each, memory, errors }
  ' "$built/report"
}

echo "$(nproc) cores, $(uname -sr), load $(cut -d' ' -f1-3 /proc/loadavg) at the start, transport $Chat__Transport__Tcp"
for durability in "${durabilities[@]}"; do
  printf '\n%s\n\n' "**durability $durability**"
  echo '| load | deliveries/s | p50 ms | p99 | p99.9 | CPU s | µs each | memory | lost / doubled / disordered |'
  echo '|---|---|---|---|---|---|---|---|---|'
  with=(--durability "$durability" --seconds 10 --workers 1)
  run 'A fan-out, saturating: 10 × 100' "${with[@]}" --users 1000 --rooms 10 --senders 100 --window 4 --payload 128
  run 'B 500 messages/s, 50,000 deliveries/s' "${with[@]}" --users 1000 --rooms 10 --senders 100 --rate 5 --payload 128
  run 'C 200 pairs, window 64' "${with[@]}" --scenario pairs --users 400 --window 64 --payload 128
  run 'D one room × 2000, 20 messages/s' "${with[@]}" --scenario big-room --users 2000 --senders 20 --rate 1 --payload 128
done
