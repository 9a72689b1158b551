#!/usr/bin/env bash
# Prints the authors and licenses of every package in published folders and of Unicode's data, and the text of each license.
# usage: deploy/notices.sh FOLDER...
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
published=("$@")
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
packages=${packages%/}

# A .deps.json lists each package as "Name/Version": { "type": "package", and a bundled runtime with the type "runtimepack".
listed() {
  find "${published[@]}" -name '*.deps.json' -exec cat {} + | tr -d ' \r' |
    grep -A1 -E '^"[^"]+/[0-9][^"]*":\{$' | paste -sd ' ' | sed 's/ -- /\n/g' |
    sed -nE "s:^\"([^\"]+)/([0-9][^\"]*)\"\:\{ \"type\"\:\"$1\",?.*:\1 \2:p" | sort -fu
}

field() { sed -nE "s:.*<$1( [^>]*)?>([^<]*)</$1>.*:\2:p" "$2" | head -n 1; }

declare -A used=()
describe() {
  local folder=$packages/${1,,}/${2,,} nuspec license file
  nuspec=$folder/${1,,}.nuspec
  [[ -f $nuspec ]] || { echo "notices.sh: $1 $2 is published, but $folder has no package" >&2; return 1; }
  printf '\n%s\n%s %s\n' "$(printf '%.0s-' {1..80})" "$1" "$2"
  field authors "$nuspec"
  field copyright "$nuspec"
  field projectUrl "$nuspec"
  license=$(field license "$nuspec")
  if grep -q '<license type="expression">' "$nuspec"; then
    echo "License: $license"
    for file in $(tr -d '()' <<<"$license" | sed -E 's/ (AND|OR|WITH) / /g'); do used[$file]=1; done
  elif [[ -n $license && -f $folder/${license//\\//} ]]; then
    printf 'License:\n\n'
    sed 's/\r$//; s/^\xEF\xBB\xBF//' "$folder/${license//\\//}"
  elif [[ $1 == HdrHistogram ]]; then # the package names its license only by URL
    echo 'License: CC0-1.0, or BSD-2-Clause'
    used[BSD-2-Clause]=1
  else
    echo "License: $(field licenseUrl "$nuspec")"
  fi
  for file in "$folder"/THIRD-PARTY-NOTICES*; do
    [[ ! -f $file ]] || { printf '\n'; sed 's/\r$//; s/^\xEF\xBB\xBF//' "$file"; }
  done
}

echo 'Chat is distributed with the following packages and data, each under its own license.'
while read -r name version; do describe "$name" "$version"; done < <(listed package)
while read -r name version; do describe "${name#runtimepack.}" "$version"; done < <(listed runtimepack)

printf '\n%s\n%s\n' "$(printf '%.0s-' {1..80})" 'Characters that look alike, from Unicode (confusables.txt), in Chat.Protocol'
printf 'Copyright © 1991-2026 Unicode, Inc.\nLicense: Unicode-3.0\n'
used[Unicode-3.0]=1

printf '\n%s\nTexts of the licenses named above\n' "$(printf '%.0s=' {1..80})"
while read -r license; do
  [[ -f $here/licenses/$license.txt ]] || { echo "notices.sh: deploy/licenses/$license.txt is missing" >&2; exit 1; }
  printf '\n%s\n%s\n\n' "$(printf '%.0s-' {1..80})" "$license"
  cat "$here/licenses/$license.txt"
done < <(printf '%s\n' "${!used[@]}" | sort)
