#!/usr/bin/env bash
# Makes artifacts/chat-VERSION-RID.tar.gz with chatd, chat, chat-load, the plugins, the packages for 'chatd sdk', the log
# settings, the documentation and the licenses. Needs bash, coreutils, sed, grep, tar and the .NET SDK. The first run for a
# system downloads its runtime from the package feed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./publish.sh RID [--framework-dependent]
  RID                    target system: linux-x64, linux-arm64, linux-musl-x64, osx-arm64, win-x64, …
  --framework-dependent  leave out the .NET runtime; the target then needs ASP.NET Core 10
By default the archive includes the runtime, if the package feed has it for that system.
TEXT
}

rid='' self_contained=true
for argument; do
  case $argument in
    --framework-dependent) self_contained=false ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) [[ -z $rid ]] || { usage >&2; exit 2; }; rid=$argument ;;
  esac
done
[[ $rid =~ ^[a-z][a-z0-9.-]*$ ]] || { usage >&2; exit 2; }

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
name=chat-$version-$rid
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source=$work/source out=$work/$name

# Build from a copy: restoring for another system would change the lock files and the obj folders.
mkdir -p "$source" "$out"
tar -c --exclude=bin --exclude=obj --exclude=.git --exclude=./artifacts --exclude=./data --exclude=./logs --exclude=./tests . |
  tar -x -C "$source"

ready=(-p:PublishReadyToRun=true) # compiled ahead of time, a program takes less CPU to start

projects=(Chat.Daemon Chat.Cli Chat.LoadTest)

run() { # PROJECT [options]
  dotnet publish "$source/$1" --configuration Release --runtime "$rid" --verbosity quiet -p:DebugType=none \
    -p:GenerateDocumentationFile=false "${@:2}" >"$work/build.log" 2>&1
}

compile() {
  local project
  for project in "${projects[@]}"; do
    run "$project" --self-contained "$1" --output "$out" "${ready[@]}" "${@:2}" || return 1
  done
}

# The client as a native program, which starts in a third of the time. Only this machine's own system has what it is linked with.
native() {
  [[ $rid == "$(dotnet --info | sed -n 's/^ *RID: *//p')" ]] || return 0
  if run Chat.Cli -p:PublishAot=true --output "$work/native"; then
    projects=(Chat.Daemon Chat.LoadTest)
  elif lacks 'ILCompiler' || grep -q 'Platform linker' "$work/build.log"; then
    echo "A native chat needs its compiler from the package feed, and clang or gcc. The archive gets one that starts more slowly." >&2
  else
    cat "$work/build.log" >&2
    exit 1
  fi
}

publish() {
  compile "$@" && return
  [[ ${#ready[@]} -gt 0 ]] && lacks 'Microsoft\.NETCore\.App\.Crossgen2' || return 1
  echo "The package feed has no ahead-of-time compiler for $rid. The programs will start more slowly." >&2
  ready=()
  compile "$@"
}

# Whether the build failed because the feed lacks a package whose name matches.
lacks() { grep -qE "NU110[0-3].*$1|Unable to find package $1" "$work/build.log"; }

native
if [[ $self_contained == true ]] && ! publish true; then
  lacks 'Microsoft\.(NETCore|AspNetCore)\.App\.' || { cat "$work/build.log" >&2; exit 1; }
  echo "The package feed has no .NET runtime for $rid. The archive will need ASP.NET Core 10 on the target." >&2
  self_contained=false
  rm -rf "${out:?}"/*
  publish false || self_contained=failed
elif [[ $self_contained == false ]]; then
  publish false || self_contained=failed
fi
if [[ $self_contained == failed ]]; then
  lacks 'Microsoft\.NETCore\.App\.Host' || { cat "$work/build.log" >&2; exit 1; }
  echo "The package feed has no executable host for $rid. Start the programs with dotnet: 'dotnet chatd.dll'." >&2
  publish false -p:UseAppHost=false || { cat "$work/build.log" >&2; exit 1; }
fi

for file in "$work"/native/chat{,.exe}; do
  [[ ! -f $file ]] || cp "$file" "$out/"
done
"$source/pack.sh" --output "$out/sdk" >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
deploy/notices.sh "$out" "$source/Chat.Cli/bin" >"$out/THIRD-PARTY-NOTICES"
cp LICENSE README.md README.pt-BR.md CHANGELOG.md "$out/"
mkdir "$out/docs"
cp docs/*.md "$out/docs/"
[[ $rid != linux-* ]] || cp deploy/chatd.service "$out/"

mkdir -p artifacts
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "artifacts/$name.tar.gz" "$name"
[[ $self_contained == true ]] && kind='includes the .NET runtime' || kind='needs ASP.NET Core 10'
echo "artifacts/$name.tar.gz ($(du -h "$root/artifacts/$name.tar.gz" | cut -f1), $kind)"
