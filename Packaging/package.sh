#!/usr/bin/env bash
# The Debian package and the archive, out of the programs in a folder.
# Usage: package.sh FOLDER-OF-PROGRAMS TARGET-FOLDER
set -euo pipefail

programs=$1
target=$2
here=$(cd "$(dirname "$0")" && pwd)
version=$("$programs/quipu" --version)
architecture=$(dpkg --print-architecture)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
tree=$root/quipu_${version}_$architecture
share=$tree/usr/share

install -d "$tree/usr/bin" "$tree/lib/systemd/system" "$share/doc/quipu/examples"
install -m 755 "$programs/quipu" "$programs/quipu-central" "$tree/usr/bin/"
install -m 644 "$here"/systemd/* "$tree/lib/systemd/system/"
install -m 644 "$here"/{crontab.example,nginx.example,alerts.yml} "$share/doc/quipu/examples/"
install -m 644 "$here/../Documentation/Manual-de-operaciones.md" "$here/../README.md" \
  "$share/doc/quipu/"
install -m 644 "$here/../LICENSE" "$share/doc/quipu/copyright"
for program in quipu quipu-central; do
  QUIPU_VERSION=$version python3 "$here/manual.py" "$programs/$program" "$share/man/man1"
  install -d "$share/bash-completion/completions" "$share/zsh/vendor-completions" \
    "$share/fish/vendor_completions.d"
  export LC_ALL=C.UTF-8
  "$programs/$program" --generate-completion-script bash >"$share/bash-completion/completions/$program"
  "$programs/$program" --generate-completion-script zsh >"$share/zsh/vendor-completions/_$program"
  "$programs/$program" --generate-completion-script fish >"$share/fish/vendor_completions.d/$program.fish"
done
gzip -9 -n "$share"/man/man1/*.1

install -d "$target"
tar -C "$root" --owner=0 --group=0 -czf "$target/$(basename "$tree").tar.gz" "$(basename "$tree")"

# The libraries that the programs need, by the packages that hold them.
package_of() {
  dpkg -S "$1" 2>/dev/null || dpkg -S "${1#/usr}" 2>/dev/null || true
}
depends=$(for library in $(ldd "$programs/quipu" "$programs/quipu-central" | awk '/=> \//{print $3}'); do
  package_of "$(readlink -f "$library")"
done | cut -d: -f1 | sort -u | paste -sd, | sed 's/,/, /g')
install -d "$tree/DEBIAN"
cat >"$tree/DEBIAN/control" <<CONTROL
Package: quipu
Version: $version
Architecture: $architecture
Maintainer: The Quipu project <quipu@example.org>
Installed-Size: $(du -sk "$tree" | cut -f1)
Depends: ${depends:-libc6}, adduser
Recommends: ca-certificates
Section: database
Priority: optional
Description: training records that work offline and sync when there is a line
 quipu is the program of an office, quipu-central the node that offices sync
 with. Each replica is an SQLite file that anybody may write.
CONTROL
install -m 755 "$here/debian/postinst" "$here/debian/prerm" "$tree/DEBIAN/"
dpkg-deb --root-owner-group --build "$tree" "$target/$(basename "$tree").deb" >/dev/null
ls -l "$target/$(basename "$tree").deb" "$target/$(basename "$tree").tar.gz"
