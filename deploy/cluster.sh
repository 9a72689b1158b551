#!/usr/bin/env bash
# Three nodes of a cluster and a PostgreSQL server as processes on this machine, to try them:
#   deploy/cluster.sh [PROGRAM...]     the daemon to run; by default the one built here (dotnet build Chat.Daemon)
# Prints the ports and ids. Ctrl-C ends all of them and deletes their folder. With CHAT_DATABASE='Host=…', that empty schema is used
# instead of a server of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

programs=("$@")
if [ ${#programs[@]} -eq 0 ]; then
    built=$(ls -t Chat.Daemon/bin/*/net10.0/chatd.dll 2>/dev/null | head -n 1)
    [ -n "$built" ] || { echo "The daemon is not built: dotnet build Chat.Daemon" >&2; exit 2; }
    programs=(dotnet exec "$PWD/$built")
fi

folder=$(mktemp -d /tmp/chat-cluster-XXXXXX)
chmod 755 "$folder"
ids=()
finish() {
    trap - EXIT INT TERM
    # The nodes first, the server last.
    for id in "${ids[@]}"; do kill -TERM "$id" 2>/dev/null || true; done
    for id in "${ids[@]}"; do wait "$id" 2>/dev/null || true; done
    if [ -n "${server:-}" ]; then
        kill -INT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

database=${CHAT_DATABASE:-}
if [ -z "$database" ]; then
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ ! -x "$bin/initdb" ]; then
        echo "PostgreSQL's server is not installed: ./test.sh --install brings it, or set CHAT_DATABASE." >&2
        exit 2
    fi
    mkdir "$folder/postgres"
    as=()
    if [ "$(id -u)" -eq 0 ]; then # it refuses to run as root
        chown postgres "$folder/postgres"
        as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    fi
    "${as[@]}" "$bin/initdb" --pgdata "$folder/postgres/data" --encoding UTF8 --locale C.UTF-8 --auth trust --username chatd \
        >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
    "${as[@]}" "$bin/postgres" -D "$folder/postgres/data" -c listen_addresses= -c "unix_socket_directories=$folder/postgres" \
        >"$folder/postgres.log" 2>&1 &
    server=$!
    until "$bin/pg_isready" -q -h "$folder/postgres" -U chatd -d postgres; do
        kill -0 "$server" 2>/dev/null || { cat "$folder/postgres.log" >&2; exit 1; }
        sleep 0.1
    done
    database="Host=$folder/postgres;Username=chatd;Database=postgres"
fi

for node in alfa beta gama; do
    mkdir "$folder/$node"
    (cd "$folder/$node" && exec "${programs[@]}" --lang en --listen 127.0.0.1:0 --http 127.0.0.1:0 --data data \
        "--Chat:Database=$database" "--Chat:Cluster:Node=$node" --Chat:Cluster:Listen=127.0.0.1:0 --Chat:Admin:Password=admin-password \
        >output 2>errors) &
    ids+=($!)
    until grep -qsE '^(serving|standing by) as node' "$folder/$node/output"; do
        kill -0 "${ids[-1]}" 2>/dev/null || { cat "$folder/$node/errors" >&2; exit 1; }
        sleep 0.1
    done
    echo "$node (process ${ids[-1]}): $(tail -n 1 "$folder/$node/output")"
    sed -n 's/^listening on /    /p' "$folder/$node/output"
done

cat <<TEXT

Connect a client to any of them, such as: chat --connect ADDRESS:PORT
The account admin has the password admin-password. Try: kill -9 PROCESS of the node that serves, and go on writing.
Everything is in $folder until you end this with Ctrl-C.
TEXT
while wait -n "${ids[@]}" 2>/dev/null; do :; done
wait
