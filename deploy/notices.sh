#!/usr/bin/env bash
# Writes the notices of all packages in a published folder: who wrote them, under which licence, and the licences' texts.
# usage: deploy/notices.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
published=$1
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
packages=${packages%/}

# Every .deps.json lists its packages as "Name/Version": { "type": "package"; what a self-contained program brings along is a runtimepack.
listed() {
  find "$published" -name '*.deps.json' -exec cat {} + | tr -d ' \r' | grep -A1 -E '^"[^"]+/[0-9][^"]*":\{$' | paste -sd ' ' | sed 's/ -- /\n/g' |
    sed -nE "s:^\"([^\"]+)/([0-9][^\"]*)\"\:\{ \"type\"\:\"$1\",?.*:\1 \2:p" | sort -fu
}

field() { sed -nE "s:.*<$1( [^>]*)?>([^<]*)</$1>.*:\2:p" "$2" | head -n 1; }

declare -A used=()
describe() {
  local folder=$packages/${1,,}/${2,,} nuspec licence file
  nuspec=$folder/${1,,}.nuspec
  [[ -f $nuspec ]] || { echo "notices.sh: $1 $2 is shipped, but its package is not at $folder" >&2; return 1; }
  printf '\n%s\n%s %s\n' "$(printf '%.0s-' {1..80})" "$1" "$2"
  field authors "$nuspec"
  field copyright "$nuspec"
  field projectUrl "$nuspec"
  licence=$(field license "$nuspec")
  if grep -q '<license type="expression">' "$nuspec"; then
    echo "Licence: $licence"
    for file in $(tr -d '()' <<<"$licence" | sed -E 's/ (AND|OR|WITH) / /g'); do used[$file]=1; done
  elif [[ -n $licence && -f $folder/${licence//\\//} ]]; then
    printf 'Licence:\n\n'
    sed 's/\r$//; s/^\xEF\xBB\xBF//' "$folder/${licence//\\//}"
  elif [[ $1 == HdrHistogram ]]; then # its package holds only the address of its licence
    echo 'Licence: CC0-1.0, or BSD-2-Clause'
    used[BSD-2-Clause]=1
  else
    echo "Licence: $(field licenseUrl "$nuspec")"
  fi
  for file in "$folder"/THIRD-PARTY-NOTICES*; do
    [[ ! -f $file ]] || { printf '\n'; sed 's/\r$//; s/^\xEF\xBB\xBF//' "$file"; }
  done
}

echo 'Chat is distributed together with the packages that follow, each under its own licence.'
while read -r name version; do describe "$name" "$version"; done < <(listed package)
while read -r name version; do describe "${name#runtimepack.}" "$version"; done < <(listed runtimepack)

printf '\n%s\nThe texts of the licences named above\n' "$(printf '%.0s=' {1..80})"
while read -r licence; do
  [[ -f $here/licenses/$licence.txt ]] || { echo "notices.sh: deploy/licenses/$licence.txt is missing" >&2; exit 1; }
  printf '\n%s\n%s\n\n' "$(printf '%.0s-' {1..80})" "$licence"
  cat "$here/licenses/$licence.txt"
done < <(printf '%s\n' "${!used[@]}" | sort)
