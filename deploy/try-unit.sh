#!/usr/bin/env bash
# Boots a Debian root under systemd-nspawn and runs chatd.service in it: start, login and message, restart, SIGKILL and
# recovery, stop. Prints what happened; the exit status is 0 if the unit passed. Changes ROOT. Needs root, and:
#   debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,libicu72 bookworm ROOT MIRROR
#   ./publish.sh linux-x64
set -euo pipefail
(($# == 2)) || { echo "usage: $0 ROOT ARCHIVE.tar.gz" >&2; exit 2; }
root=$1 archive=$2

rm -rf "$root/try-unit.out" "$root/opt/chat" "$root"/var/l{ib,og}/{,private/}chatd
mkdir -p "$root/opt/chat"
tar -xzf "$archive" -C "$root/opt/chat" --strip-components=1
cp "$root/opt/chat/chatd.service" "$root/etc/systemd/system/"

cat > "$root/try-unit.sh" <<'INSIDE'
ms() { echo $(($(date +%s%N) / 1000000)); }
timed() { local begin; begin=$(ms); "$@"; local status=$?; echo "$*: status $status after $(($(ms) - begin)) ms"; return $status; }
ask() { echo "$1" >&3; IFS= read -r -t 10 line <&3 && echo "$line"; }
main_pid() { systemctl show --property MainPID --value chatd; }
set -e
timed systemctl start chatd
exec 3<>/dev/tcp/127.0.0.1/5050
IFS= read -r -t 10 line <&3
ask '{"type":"login","user":"ana","rooms":[]}' | cut -c1-40
ask '{"type":"join","room":"geral"}'
ask '{"type":"message","room":"geral","text":"hello"}' | grep '"seq":1'
timed systemctl restart chatd
before=$(main_pid)
kill -KILL "$before"
# RestartSec is 1 s: the unit is active again once it has another main process and has reported that it is ready.
until systemctl is-active --quiet chatd && [ "$(main_pid)" != "$before" ]; do sleep 0.2; done
echo "restarts after SIGKILL: $(systemctl show --property NRestarts --value chatd)"
timed systemctl stop chatd
[ "$(systemctl show --property Result --value chatd)" = success ]
systemd-analyze security chatd --no-pager | tail -1
echo passed
INSIDE

cat > "$root/etc/systemd/system/try-unit.service" <<'UNIT'
[Service]
Type=oneshot
ExecStart=/bin/bash /try-unit.sh
ExecStopPost=/bin/systemctl poweroff --no-block
StandardOutput=append:/try-unit.out
StandardError=inherit
TimeoutStartSec=90
[Install]
WantedBy=multi-user.target
UNIT
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -sf ../try-unit.service "$root/etc/systemd/system/multi-user.target.wants/"

# Without the host's own systemd: no registration, and in this unit's control group.
timeout 180 systemd-nspawn --quiet --register=no --keep-unit --directory "$root" --boot > /dev/null 2>&1 || true
cat "$root/try-unit.out"
tail -n 1 "$root/try-unit.out" | grep -qx passed
