#!/usr/bin/env bash
# Makes the NuGet packages for authors of plugins and clients: artifacts/packages/*.nupkg.
# Needs bash, coreutils, sed and the .NET SDK.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./pack.sh [--output DIR]
  --output DIR  where to put the packages (default: artifacts/packages)
Packages of other versions in that folder are kept.
TEXT
}

output=artifacts/packages
while (($#)); do
  case $1 in
    --output) (($# > 1)) || { usage >&2; exit 2; }; output=$2; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
mkdir -p "$output"
output=$(cd "$output" && pwd)

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
notices=$(mktemp -d)
trap 'rm -rf "$notices"' EXIT

# Chat.Testing contains the daemon, so it needs the notices of every package in the daemon.
dotnet build Chat.Testing --configuration Release --verbosity quiet
deploy/notices.sh Chat.Testing/bin/Release/net10.0 >"$notices/THIRD-PARTY-NOTICES"

for project in Chat.Abstractions Chat.Protocol Chat.Client Chat.Testing templates; do
  dotnet pack "$project" --configuration Release --output "$output" --verbosity quiet \
    -p:ContinuousIntegrationBuild=true -p:Notices="$notices/THIRD-PARTY-NOTICES"
done
(cd "$output" && printf '%s\n' *."$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$OLDPWD/Directory.Build.props")".nupkg)
