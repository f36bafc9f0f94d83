# Escriba in a container. The bot, with its store in a volume and its token from a file:
#   docker build -t escriba .
#   docker run -d --name escriba --restart on-failure:5 --log-opt max-size=10m --log-opt max-file=3 --env-file .env -v escriba:/data --stop-timeout 15 escriba
# Any other command: docker run --rm -it -v escriba:/data escriba runs

# No script of a library runs: each brings its binaries, and the image its Node.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /escriba
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM dependencies AS build
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY bot bot
COPY tui tui
COPY data data
RUN npm run build

# What runs, with the binaries of this platform alone.
FROM dependencies AS libraries
COPY scripts scripts
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && node scripts/prune.js \
 && rm -rf node_modules/node node_modules/.bin/node

FROM node:24-bookworm-slim
ENV NODE_ENV=production ESCRIBA_DB=/data/escriba.db
WORKDIR /escriba
COPY package.json LICENSE ./
COPY --from=libraries /escriba/node_modules node_modules
COPY --from=build /escriba/dist dist
COPY data data
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["bot", "--health", "8080"]
