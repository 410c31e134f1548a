# syntax=docker/dockerfile:1

# The bundler is a native program among the optional packages, so everything is installed here and only what runs goes on.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json esbuild.config.ts ./
COPY src ./src
RUN npm run build && npm prune --ignore-scripts --omit=dev --omit=optional

FROM node:22-slim
LABEL org.opencontainers.image.title="Tongjian" \
      org.opencontainers.image.description="Exchange for the mutual recognition of examination results between the hospitals of a region"
# The container brings no database of its own: DATABASE_URL names a PostgreSQL 15 to 18.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY migrations ./migrations
COPY openapi ./openapi
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
# For other commands: docker run … node dist/main.js operator
CMD ["node", "--max-semi-space-size=8", "dist/main.js", "serve"]
