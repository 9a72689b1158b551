#!/usr/bin/env bash
# Takes the pictures of the page in this folder. Needs the .NET SDK and Chromium.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
dotnet build tests/Chat.Web.Tests --verbosity quiet --nologo
CHAT_WRITE_IMAGES=$PWD/docs/images dotnet exec tests/Chat.Web.Tests/bin/Debug/net10.0/Chat.Web.Tests.dll \
  --no-ansi --progress off --filter "ClassName~ScreenshotTests"
