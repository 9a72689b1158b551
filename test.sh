#!/usr/bin/env bash
# Builds everything and runs all tests: every project tests/*.Tests. Needs bash, coreutils and the .NET SDK; --coverage also needs awk.
# The tests of disk faults and power loss need a C compiler (cc), those of the page Chromium, those of the terminal tmux, zsh and fish,
# those of the second store PostgreSQL's server; without them they are skipped.
# The last line counts the tests that passed and failed; the exit status is 0 if none failed.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

usage() {
  cat <<'TEXT'
usage: ./test.sh [--install] [--filter X] [--coverage]
  --install    install what is missing first: a C compiler, for the tests of disk faults and power loss, Chromium, for the page's, tmux and
               shells, for the terminal's, and PostgreSQL's server, for the second store's
  --filter X   run only tests whose full name contains X (or an expression: Name=X, ClassName~X)
  --coverage   also measure line coverage and print it for each product project
Environment:
  CONFIGURATION  build configuration (default: Debug)
  TEST_TIMEOUT   seconds before a test project is stopped (default: 1500)
  CI             true: behave as with --install, and check the formatting of the code
TEXT
}

# Debian packages that bring the C compiler and the headers for it, the browser with a font of emoji, a terminal to look into, with
# shells that complete what is typed, and PostgreSQL, whose programs are in a folder of each version.
compiler=(gcc libc6-dev) browser=(chromium fonts-noto-color-emoji) terminal=(tmux zsh fish) server=(postgresql)

configuration=${CONFIGURATION:-Debug}
install=${CI:-false}
filter=() coverage=()
while (($#)); do
  case $1 in
    --install) install=true ;;
    --filter) (($# > 1)) || { usage >&2; exit 2; }; filter=(--filter "$2"); shift ;;
    --filter=*) filter=(--filter "${1#*=}") ;;
    --coverage) coverage=(--coverlet --coverlet-output-format lcov --coverlet-include '[chat*]*' --coverlet-include '[Chat*]*')
      export CHAT_TEST_COVERAGE=true ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1 DOTNET_CLI_UI_LANGUAGE=en
# Tests are too short to gain from code that is compiled once more to be profiled.
export DOTNET_TieredPGO=0

passed=0 failed=0 skipped=0
finish() {
  local line="$passed passed, $failed failed"
  ((skipped)) && line+=", $skipped skipped"
  printf '%s\n' "$line"
  ((failed == 0 && passed > 0))
  exit
}

# Anything that could not run counts as one failure.
give_up() {
  printf '%s\n' "$1"
  ((failed += 1))
}

# Not being able to install is no failure: the tests that need the packages are then skipped, and counted as such.
install_packages() {
  install_for cc 'disk faults and power loss' "${compiler[@]}"
  install_for tmux 'the terminal' "${terminal[@]}"
  install_for fish 'completion in shells' "${terminal[@]}"
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || install_for initdb 'PostgreSQL' "${server[@]}"
  command -v chromium-browser google-chrome >/dev/null || install_for chromium 'the page' "${browser[@]}"
}

# A program, the tests that need it, and the packages that bring it.
install_for() {
  local program=$1 tests=$2 as_root=()
  shift 2
  command -v "$program" >/dev/null && return
  ((EUID == 0)) || as_root=(sudo)
  "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -q -y --no-install-recommends "$@" ||
    printf 'No %s: the tests of %s will be skipped.\n' "$program" "$tests"
}

build() {
  dotnet build "$1" --configuration "$configuration" --verbosity quiet ${coverage:+-p:Coverage=true} >"$results/build.log" 2>&1 && return
  cat "$results/build.log"
  return 1
}

in_solution() {
  local line
  while IFS= read -r line; do [[ $line == *"\\$1.csproj\""* ]] && return; done <Chat.sln
  return 1
}

# Whitespace only: the build enforces the other rules of .editorconfig, and the whole of 'dotnet format' takes minutes.
check_format() {
  local began=$SECONDS
  if dotnet format whitespace . --folder --verify-no-changes --exclude tests/fixtures >"$results/format.log" 2>&1; then
    printf 'ok formatting, %d s\n' $((SECONDS - began))
    return
  fi
  cat "$results/format.log"
  give_up "FAILED formatting: run 'dotnet format whitespace . --folder --exclude tests/fixtures'"
}

# Adds the outcomes in a report to the counts.
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
  timeout -k 10 "${TEST_TIMEOUT:-1500}" dotnet exec "$dll" --no-ansi --progress off \
    --report-trx --report-trx-filename "$name.trx" --results-directory "$results" "${filter[@]}" "${coverage[@]}" >"$log" 2>&1 </dev/null
  status=$?
  [[ -f $report ]] && count "$report"
  local ran=$((passed + failed + skipped - before))
  if ((status == 8 && ran == 0 && ${#filter[@]})); then return; fi # 8: no test matches the filter
  if ((status == 0 && ran > 0 && failed == failed_before)); then
    printf 'ok %s: %d tests, %d s\n' "$name" "$ran" $((SECONDS - began))
    return
  fi
  tail -n 400 "$log"
  ((failed > failed_before && status == 2)) && return # 2: tests failed, and they are counted already
  local killed=
  ((status == 124 || status == 137)) && killed=' (took too long, or was killed)'
  give_up "FAILED $name: exit status $status after $ran tests$killed"
}

# Line coverage for each product project: a line counts as covered if any test ran it. Plugins run from copies, and programs
# that a test starts run in processes of their own; neither is measured.
print_coverage() {
  awk -v root="$PWD/" '
    /^SF:/ {
      file = substr($0, 4)
      inside = index(file, root) == 1
      split(substr(file, length(root) + 1), part, "/")
      project = part[1]
      inside = inside && project ~ /^Chat\./ && file !~ /\/obj\//
    }
    /^DA:/ && inside {
      split(substr($0, 4), count, ",")
      line = file ":" count[1]
      if (!(line in seen)) { seen[line] = 1; lines[project]++; all++ }
      if (count[2] > 0 && !(line in hit)) { hit[line] = 1; covered[project]++; all_covered++ }
    }
    END {
      for (project in lines)
        printf "line coverage %-18s %5.1f %% of %d lines\n", project, 100 * covered[project] / lines[project], lines[project] | "sort"
      close("sort")
      if (all) printf "line coverage %-18s %5.1f %% of %d lines\n", "in all", 100 * all_covered / all, all
    }' "$results"/*.info
}

results=$(mktemp -d) || exit 1
trap 'rm -rf "$results"' EXIT

[[ $install != true ]] || install_packages
[[ ${CI:-false} != true ]] || check_format
build Chat.sln || { give_up 'FAILED to build; no test was run'; finish; }
shopt -s nullglob
for project in tests/*.Tests/*.csproj; do
  name=${project##*/} name=${name%.csproj}
  in_solution "$name" || build "$project" || { give_up "FAILED $name: it does not build"; continue; }
  run "$name"
done
((passed + failed)) || give_up 'FAILED: no test was run'
((${#coverage[@]} == 0)) || print_coverage
finish
