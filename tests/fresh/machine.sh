#!/bin/sh
# machine - boot a root directory as a machine of its own with Debian's kernel, run a command in it, end it.
#
# usage: machine ROOT COMMAND...
#
# The same as boot, where qemu is there to do it: a kernel that is Debian 12's own (Linux 6.1), with its Landlock, its
# control groups and its filters of addresses, whatever the host has.  Emulated, so it asks nothing of the
# host, and takes two minutes.  The machine works on a copy of ROOT, and has a loopback alone for network.
set -eu
root=$1
here=$(cd "$(dirname "$0")" && pwd -P)
shift

say_no() { echo "ok - the machine boots # SKIP $*"; exit 0; }
disk=$root/../disk.img log=$root/../machine.log said=$root/../said
trap 'rm -f "$disk"' EXIT
trap 'exit 1' HUP INT TERM

# In a namespace of its own: what room mounts would be copied as well.
unshare --mount sh "$here/room.sh" "$root" \
    sh -c 'apt-get update && apt-get install -y --no-install-recommends linux-image-cloud-amd64 initramfs-tools' \
    >"$log" 2>&1 || say_no "no kernel: $(tail -n 1 "$log")"

# The first port is the console's; what the command says goes to the second.
cat >"$root/root/once" <<END
#!/bin/sh
exec >/dev/ttyS1 2>&1
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb $*
echo "ended with \$?"
systemctl poweroff
END
chmod 755 "$root/root/once"
cat >"$root/etc/systemd/system/once.service" <<'END'
[Unit]
After=multi-user.target
[Service]
ExecStart=/root/once
END
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -sf ../once.service "$root/etc/systemd/system/multi-user.target.wants/once.service"

mke2fs -q -t ext4 -d "$root" "$disk" 8G >>"$log" 2>&1 || say_no "no disk: $(tail -n 1 "$log")"
qemu-system-x86_64 -machine q35,accel=tcg -cpu max -smp 2 -m 2G -display none -nic none -no-reboot \
    -kernel "$root"/boot/vmlinuz-* -initrd "$root"/boot/initrd.img-* -append 'root=/dev/vda rw console=ttyS0 systemd.hostname=ecoo' \
    -drive "file=$disk,format=raw,if=virtio,cache=unsafe" -serial "file:$log" -serial "file:$said" </dev/null >&2
tr -d '\r' <"$said" | sed '/^ended with 0$/d'
grep -q '^ended with 0' "$said"
