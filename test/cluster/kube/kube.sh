#!/usr/bin/env bash
# A real Kubernetes on this machine: API server, controller manager, scheduler, kubelet, kube-proxy, containerd, runc, CNI
# bridge and CoreDNS, compiled from Go modules, in a network namespace of its own. One node, or several (KUBE_NODES=2).
#
#   kube.sh build            compile what is missing into the cache (about 9 minutes on two cores, then nothing)
#   kube.sh up               start it (about 11 s), after clearing what a run that died left in the same place
#   kube.sh image FILE.tar…  import OCI or docker archives
#   kube.sh in CMD…          run a command inside the namespace, with KUBECONFIG and PATH set
#   kube.sh restart NAME     kill a component (apiserver, controller, kubelet1 …) and start it again as it was
#   kube.sh down             stop it and leave nothing behind
#
# KUBE_RUN (state), KUBE_NETNS and KUBE_CACHE move it, so that several can run. Needs root and Go; Debian packages that
# are missing are installed by build.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
KUBE=1.36.3; ETCD=3.6.8; CONTAINERD=2.4.2; RUNC=1.5.2; CNI=1.9.1; COREDNS=1.15.0; HELM=4.3.1
CACHE=${KUBE_CACHE:-$HOME/.cache/kube-cluster/$KUBE}
BIN=$CACHE/bin
RUN=${KUBE_RUN:-/tmp/kube-run}
NS=${KUBE_NETNS:-kube0}
NODES=${KUBE_NODES:-1}
NODE_IP=172.30.0.1   # node i has 172.30.0.i, its pods 10.244.i.0/24
export PATH=$BIN:$PATH

# module NAME PACKAGE…: a go.mod that pins the versions above; k8s.io/kubernetes needs its staging modules replaced by name.
module() {
  local dir=$CACHE/src/$1 need=$2; shift 2
  mkdir -p "$dir"; cd "$dir"
  { echo "module cluster.test/$(basename "$dir")"; echo; echo "go 1.26.0"; } > go.mod
  if [[ $need == k8s.io/kubernetes@* ]]; then
    go mod download "k8s.io/kubernetes@v$KUBE"
    { echo "require k8s.io/kubernetes v$KUBE"; echo "replace ("
      awk '/^replace \(/{f=1;next} /^\)/{f=0} f{print "\t" $1 " => " $1 " v0.'"${KUBE#*.}"'"}' \
        "$(go env GOMODCACHE)/k8s.io/kubernetes@v$KUBE/go.mod"; echo ")"; } >> go.mod
  fi
  { echo "//go:build tools"; echo "package tools"; echo "import ("; for p in "$@"; do echo "	_ \"$p\""; done; echo ")"; } > tools.go
  for m in $(tr ',' ' ' <<<"$need"); do [[ $m == k8s.io/kubernetes@* ]] || go get "$m"; done
  go mod tidy
}
compile() { # MODULE OUT PACKAGE [go build flags]
  local dir=$CACHE/src/$1 out=$BIN/$2 pkg=$3; shift 3
  [[ -x $out ]] && return
  (cd "$dir" && go build -trimpath "$@" -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=v$KUBE" -o "$out" "$pkg")
  echo "built $(basename "$out")"
}
packages() {
  local missing=()
  local have; have=$(dpkg-query -W -f '${Package} ${Status}\n' | awk '$4 == "installed" {print $1}')
  for p in "$@"; do grep -qx "$p" <<<"$have" || missing+=("$p"); done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
build() {
  packages iproute2 iptables libseccomp-dev pkg-config openssl python3 procps
  mkdir -p "$BIN"; export CGO_ENABLED=0
  if [[ ! -e $CACHE/src/ok ]]; then
    module kube "k8s.io/kubernetes@v$KUBE" k8s.io/kubernetes/cmd/{kube-apiserver,kube-controller-manager,kube-scheduler,kubectl,kubelet,kube-proxy}
    module etcd "go.etcd.io/etcd/server/v3@v$ETCD" go.etcd.io/etcd/server/v3
    module ctr "github.com/containerd/containerd/v2@v$CONTAINERD,github.com/opencontainers/runc@v$RUNC,github.com/containernetworking/plugins@v$CNI" \
      github.com/containerd/containerd/v2/cmd/{containerd,containerd-shim-runc-v2,ctr} github.com/opencontainers/runc \
      github.com/containernetworking/plugins/plugins/{main/bridge,main/loopback,ipam/host-local,meta/portmap}
    module dns "github.com/coredns/coredns@v$COREDNS" github.com/coredns/coredns
    module helm "helm.sh/helm/v4@v$HELM" helm.sh/helm/v4/cmd/helm
    touch "$CACHE/src/ok"
  fi
  for c in kube-apiserver kube-controller-manager kube-scheduler kubectl kubelet kube-proxy; do compile kube $c k8s.io/kubernetes/cmd/$c; done
  compile etcd etcd go.etcd.io/etcd/server/v3
  for c in containerd containerd-shim-runc-v2 ctr; do compile ctr $c github.com/containerd/containerd/v2/cmd/$c; done
  for c in main/bridge main/loopback ipam/host-local meta/portmap; do compile ctr "${c#*/}" github.com/containernetworking/plugins/plugins/$c; done
  CGO_ENABLED=1 compile ctr runc github.com/opencontainers/runc -tags seccomp
  compile dns coredns github.com/coredns/coredns
  compile helm helm helm.sh/helm/v4/cmd/helm
  if [[ ! -x $BIN/pause ]]; then
    mkdir -p "$CACHE/src/pause"; cd "$CACHE/src/pause"
    printf 'module cluster.test/pause\n\ngo 1.26.0\n' > go.mod
    printf 'package main\n\nimport (\n\t"os"\n\t"os/signal"\n\t"syscall"\n)\n\nfunc main() {\n\tc := make(chan os.Signal, 1)\n\tsignal.Notify(c, syscall.SIGTERM, syscall.SIGINT)\n\t<-c\n}\n' > main.go
    go build -o "$BIN/pause" .
  fi
  python3 "$HERE/oci-image.py" "$CACHE/pause.tar" docker.io/local/pause:1 "$BIN/pause:/pause"
  python3 "$HERE/oci-image.py" "$CACHE/coredns.tar" docker.io/local/coredns:1 "$BIN/coredns:/coredns"
}
# nsenter, not `ip netns exec`: that one remounts /sys and hides the cgroups from the kubelet.
inns() { nsenter --net="/run/netns/$NS" "$@"; }
start() { local name=$1; shift; (exec nsenter --net="/run/netns/$NS" "$@") > "$RUN/log/$name.log" 2>&1 & echo $! > "$RUN/pid/$name"; }
certs() {
  cd "$RUN/pki"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 30 -subj /CN=test-ca 2>/dev/null
  openssl genrsa -out sa.key 2048 2>/dev/null; openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
  local user subject
  while IFS='|' read -r user subject; do
    openssl req -newkey rsa:2048 -nodes -keyout "$user.key" -out "$user.csr" -subj "$subject" 2>/dev/null
    printf 'subjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1,IP:%s\nextendedKeyUsage=serverAuth,clientAuth\n' $NODE_IP > "$user.ext"
    openssl x509 -req -in "$user.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$user.crt" -days 30 -extfile "$user.ext" 2>/dev/null
    cat > "$RUN/$user.kubeconfig" <<K
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://$NODE_IP:6443", certificate-authority-data: $(base64 -w0 ca.crt)}}]
users: [{name: u, user: {client-certificate-data: $(base64 -w0 "$user.crt"), client-key-data: $(base64 -w0 "$user.key")}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
K
  done <<U
apiserver|/CN=kube-apiserver
admin|/O=system:masters/CN=admin
controller|/CN=system:kube-controller-manager
scheduler|/CN=system:kube-scheduler
$(for i in $(seq "$NODES"); do echo "node$i|/O=system:nodes/CN=system:node:node$i"; done)
U
}
network() {
  ip netns add "$NS"
  ip -n "$NS" link set lo up
  ip -n "$NS" link add node0 type veth peer name node0p   # no dummy devices in some kernels
  ip -n "$NS" link set node0p up; ip -n "$NS" link set node0 up
  for i in $(seq "$NODES"); do ip -n "$NS" addr add 172.30.0.$i/24 dev node0; done
  ip -n "$NS" route add default dev node0                 # so that Service addresses route, and nowhere else
  inns sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
}
control_plane() {
  cd "$RUN/pki"
  start etcd etcd --data-dir "$RUN/etcd" --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster default=http://127.0.0.1:2380 --unsafe-no-fsync
  start apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 --secure-port=6443 --bind-address=0.0.0.0 --advertise-address=$NODE_IP \
    --tls-cert-file=apiserver.crt --tls-private-key-file=apiserver.key --client-ca-file=ca.crt \
    --service-account-issuer=https://kubernetes.default.svc --service-account-signing-key-file=sa.key --service-account-key-file=sa.pub \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --service-cluster-ip-range=10.0.0.0/24 --allow-privileged=true \
    --kubelet-client-certificate=admin.crt --kubelet-client-key=admin.key --kubelet-preferred-address-types=InternalIP
  local n=0; until inns kubectl --kubeconfig "$RUN/admin.kubeconfig" get --raw /readyz >/dev/null 2>&1; do
    n=$((n+1)); [[ $n -lt 300 ]] || { tail "$RUN/log/apiserver.log"; exit 1; }; sleep 0.2; done
  start controller kube-controller-manager --kubeconfig "$RUN/controller.kubeconfig" --service-account-private-key-file=sa.key --root-ca-file=ca.crt \
    --use-service-account-credentials --leader-elect=false --bind-address=127.0.0.1 --controllers='*,-nodeipam' \
    --node-monitor-grace-period=20s
  start scheduler kube-scheduler --kubeconfig "$RUN/scheduler.kubeconfig" --leader-elect=false --bind-address=127.0.0.1
}
node() { # I
  local i=$1 dir=$RUN/node$1
  mkdir -p "$dir/cni"
  for c in cpu cpuacct cpuset memory devices freezer blkio pids systemd; do mkdir -p "/sys/fs/cgroup/$c/$NS-node$i"; done
  for c in cpus mems; do cat "/sys/fs/cgroup/cpuset/cpuset.$c" > "/sys/fs/cgroup/cpuset/$NS-node$i/cpuset.$c"; done
  # All pods together would weigh as much as one process beside them, which is little on a busy machine.
  echo 8192 > "/sys/fs/cgroup/cpu/$NS-node$i/cpu.shares"
  cat > "$dir/cni/10-pods.conflist" <<C
{"cniVersion":"1.0.0","name":"pods","plugins":[
 {"type":"bridge","bridge":"pods$i","isGateway":true,"ipMasq":false,"hairpinMode":true,"ipam":{"type":"host-local","dataDir":"$dir/cni-data","ranges":[[{"subnet":"10.244.$i.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
C
  cat > "$dir/containerd.toml" <<C
version = 3
root = "$dir/containerd/root"
state = "$dir/containerd/state"
disabled_plugins = ["io.containerd.internal.v1.opt"]
[grpc]
  address = "$dir/containerd.sock"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "docker.io/local/pause:1"
[plugins."io.containerd.cri.v1.runtime"]
  netns_mounts_under_state_dir = true
  restrict_oom_score_adj = true   # root here may not lower oom_score_adj: runc fails without this
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["$BIN"]
    conf_dir = "$dir/cni"
  [plugins."io.containerd.cri.v1.runtime".containerd]
    default_runtime_name = "runc"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
        BinaryName = "$BIN/runc"
        SystemdCgroup = false
C
  cat > "$dir/kubelet.yaml" <<C
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
failSwapOn: false
cgroupDriver: cgroupfs
enforceNodeAllocatable: []
authentication: {x509: {clientCAFile: $RUN/pki/ca.crt}, anonymous: {enabled: false}}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix://$dir/containerd.sock
clusterDNS: [10.0.0.10]
clusterDomain: cluster.local
resolvConf: ""
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
podLogsDir: $dir/podlogs
address: 172.30.0.$i
healthzPort: $((10248 + 100 * i))
cgroupRoot: /$NS-node$i
C
  start "containerd$i" containerd -c "$dir/containerd.toml"
  local n=0; until ctr -a "$dir/containerd.sock" version >/dev/null 2>&1; do n=$((n+1)); [[ $n -lt 100 ]] || exit 1; sleep 0.1; done
  import "$i" "$CACHE/pause.tar" "$CACHE/coredns.tar"
  start "kubelet$i" kubelet --config "$dir/kubelet.yaml" --kubeconfig "$RUN/node$i.kubeconfig" --root-dir "$dir/kubelet" \
    --hostname-override "node$i" --node-ip "172.30.0.$i" --cert-dir "$dir/pki"
}
proxy() { # one for all nodes: they share the namespace
  cat > "$RUN/kube-proxy.yaml" <<C
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clientConnection: {kubeconfig: $RUN/admin.kubeconfig}
clusterCIDR: 10.244.0.0/16
hostnameOverride: node1
conntrack: {maxPerCore: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
iptables: {minSyncPeriod: 0s}
C
  start kube-proxy kube-proxy --config "$RUN/kube-proxy.yaml"
}
import() { # NODE FILE…
  local i=$1; shift
  for f in "$@"; do ctr -a "$RUN/node$i/containerd.sock" -n k8s.io images import "$f" >/dev/null 2>&1 || { echo "cannot import $f" >&2; exit 1; }; done
}
image() { for n in "$RUN"/node*/containerd.sock; do n=${n%/containerd.sock}; import "${n##*/node}" "$@"; done; }
volumes() { # `local` volumes, since fsGroup is applied to them and not to hostPath ones
  for i in $(seq 1 "${KUBE_VOLUMES:-128}"); do
    mkdir -p "$RUN/volumes/$i"   # spread over the nodes in turn
    cat <<V
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: local-$i}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: standard
  persistentVolumeReclaimPolicy: Retain
  local: {path: $RUN/volumes/$i}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [node$((i % NODES + 1))]}]}]}}
V
  done
}
restart() { # NAME: killed, for an orderly stop may take a minute
  local pid cwd command n=0
  pid=$(cat "$RUN/pid/$1"); cwd=$(readlink "/proc/$pid/cwd"); mapfile -d '' -t command < "/proc/$pid/cmdline"
  kill -KILL "$pid"
  while kill -0 "$pid" 2>/dev/null; do n=$((n+1)); [[ $n -lt 300 ]] || { echo "$1 does not stop" >&2; exit 1; }; sleep 0.1; done
  cd "$cwd"; start "$1" "${command[@]}"
}
k() { inns kubectl --kubeconfig "$RUN/admin.kubeconfig" "$@"; }
up() {
  [[ $(id -u) == 0 ]] || { echo "needs root" >&2; exit 1; }
  if [[ -e $RUN ]]; then down; fi
  mkdir -p "$RUN"/{log,pid,pki,etcd}; chmod 700 "$RUN/etcd"
  certs; network; control_plane; proxy
  for i in $(seq "$NODES"); do node "$i"; done
  { cat "$HERE/addons.yaml"; volumes; } | k apply -f - >/dev/null
  for i in $(seq "$NODES"); do
    local n=0; until k get node "node$i" >/dev/null 2>&1; do n=$((n+1)); [[ $n -lt 100 ]] || { tail -5 "$RUN/log/kubelet$i.log"; exit 1; }; sleep 0.3; done
  done
  k wait --for=condition=Ready node --all --timeout=60s >/dev/null
  k -n kube-system rollout status deploy/coredns --timeout=120s >/dev/null
  echo "ready: kube.sh in kubectl get pods -A"
}
down() {
  for p in "$RUN"/pid/kubelet* "$RUN"/pid/controller; do [[ -e $p ]] && kill "$(cat "$p")" 2>/dev/null || true; done
  sleep 1
  for sock in "$RUN"/node*/containerd.sock; do
    [[ -S $sock ]] || continue
    for verb in "tasks kill -s KILL" "tasks rm -f" "containers rm"; do
      for t in $(timeout 10 ctr -a "$sock" -n k8s.io containers ls -q 2>/dev/null); do
        timeout 5 ctr -a "$sock" -n k8s.io $verb "$t" >/dev/null 2>&1 || true; done
    done
  done
  for signal in TERM KILL; do
    for p in "$RUN"/pid/*; do [[ -e $p ]] && kill -$signal "$(cat "$p")" 2>/dev/null || true; done
    sleep 2
  done
  for s in $(pgrep -f "containerd-shim-runc-v2 .*-address $RUN/node[0-9]*/containerd.sock" || true); do kill -9 "$s" 2>/dev/null || true; done
  awk -v r="$RUN/" 'index($2, r)==1 {print $2}' /proc/mounts | tac | while read -r m; do umount -l "$m" || true; done
  ip netns del "$NS" 2>/dev/null || true
  find /sys/fs/cgroup -mindepth 2 -depth -type d -path "/sys/fs/cgroup/*/$NS-node*" -exec rmdir {} + 2>/dev/null || true
  rm -rf "$RUN"
}
case ${1:-} in
  build) build ;;
  up) build; up ;;
  image) shift; image "$@" ;;
  in) shift; KUBECONFIG=$RUN/admin.kubeconfig KUBE_RUN=$RUN KUBE_NETNS=$NS inns "$@" ;;
  restart) restart "$2" ;;
  down) down ;;
  *) sed -n '2,15p' "$0"; exit 2 ;;
esac
