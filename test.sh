#!/usr/bin/env bash
# Builds everything and runs all tests: every project tests/*.Tests. Needs bash, coreutils and the .NET SDK.
# The last line says how many tests passed and failed; the exit status is 0 only where none failed.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

usage() {
  cat <<'TEXT'
usage: ./test.sh [--install] [--filter X]
  --install    first install from Debian what the tests need (also with CI=true): nothing, as yet
  --filter X   run only tests whose full name contains X (or an expression: Name=X, ClassName~X)
Environment: CONFIGURATION (default Debug), TEST_TIMEOUT (seconds a project may take, default 900)
TEXT
}

# Debian packages that tests need beyond the .NET SDK: none, as yet.
packages=()

configuration=${CONFIGURATION:-Debug}
install=${CI:-false}
filter=()
while (($#)); do
  case $1 in
    --install) install=true ;;
    --filter) (($# > 1)) || { usage >&2; exit 2; }; filter=(--filter "$2"); shift ;;
    --filter=*) filter=(--filter "${1#*=}") ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1 DOTNET_CLI_UI_LANGUAGE=en

passed=0 failed=0 skipped=0
finish() {
  local line="$passed passed, $failed failed"
  ((skipped)) && line+=", $skipped skipped"
  printf '%s\n' "$line"
  ((failed == 0 && passed > 0))
  exit
}

# Counts as a failure of its own: what could not even be run has not passed.
give_up() {
  printf '%s\n' "$1"
  ((failed += 1))
}

install_packages() {
  ((${#packages[@]})) || { printf 'Nothing has to be installed: the tests need only the .NET SDK.\n'; return 0; }
  local as_root=()
  ((EUID == 0)) || as_root=(sudo)
  "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -q -y --no-install-recommends "${packages[@]}"
}

build() {
  dotnet build "$1" --configuration "$configuration" --verbosity quiet >"$results/build.log" 2>&1 && return
  cat "$results/build.log"
  return 1
}

in_solution() {
  local line
  while IFS= read -r line; do [[ $line == *"\\$1.csproj\""* ]] && return; done <Chat.sln
  return 1
}

# Adds the outcomes of a report to the counts.
count() {
  local line
  while IFS= read -r line; do
    [[ $line =~ \<UnitTestResult\ .*\ outcome=\"([A-Za-z]+)\" ]] || continue
    case ${BASH_REMATCH[1]} in
      Passed) ((passed += 1)) ;;
      NotExecuted) ((skipped += 1)) ;;
      *) ((failed += 1)) ;;
    esac
  done <"$1"
}

run() {
  local name=$1 dll=tests/$1/bin/$configuration/net10.0/$1.dll report=$results/$1.trx log=$results/$1.log
  local status before=$((passed + failed + skipped)) failed_before=$failed began=$SECONDS
  [[ -f $dll ]] || { give_up "FAILED $name: $dll was not built"; return; }
  timeout -k 10 "${TEST_TIMEOUT:-900}" dotnet exec "$dll" --no-ansi --progress off \
    --report-trx --report-trx-filename "$name.trx" --results-directory "$results" "${filter[@]}" >"$log" 2>&1 </dev/null
  status=$?
  [[ -f $report ]] && count "$report"
  local ran=$((passed + failed + skipped - before))
  if ((status == 8 && ran == 0 && ${#filter[@]})); then return; fi # 8: no test was run, none matches the filter
  if ((status == 0 && ran > 0 && failed == failed_before)); then
    printf 'ok %s: %d tests, %d s\n' "$name" "$ran" $((SECONDS - began))
    return
  fi
  tail -n 400 "$log"
  ((failed > failed_before && status == 2)) && return # 2: tests failed, which is counted already
  give_up "FAILED $name: exit status $status after $ran tests$( ((status == 124 || status == 137)) && printf ' (took too long, or was killed)')"
}

results=$(mktemp -d) || exit 1
trap 'rm -rf "$results"' EXIT

if [[ $install == true ]]; then install_packages || { give_up "FAILED to install: ${packages[*]}"; finish; }; fi
build Chat.sln || { give_up 'FAILED to build; no test was run'; finish; }
shopt -s nullglob
for project in tests/*.Tests/*.csproj; do
  name=${project##*/} name=${name%.csproj}
  in_solution "$name" || build "$project" || { give_up "FAILED $name: it does not build"; continue; }
  run "$name"
done
((passed + failed)) || give_up 'FAILED: no test was run'
finish
