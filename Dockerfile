# The image clinical-notes-summarizer: one static program, four small tools to look inside, and nothing else; no shell.
#
#   docker build -t clinical-notes-summarizer .
#
# The bases are arguments, so that a site names its own copy or a digest: --build-arg RUST_IMAGE=mirror/rust@sha256:…
ARG RUST_IMAGE=docker.io/library/rust:1.95.0-slim-bookworm
# Later versions ask the loader by which name they were called; in a static program nobody answers.
ARG COREUTILS_VERSION=0.6.0

# What the dependencies are, without a line of our sources: the layer below is built again only where this changes.
FROM ${RUST_IMAGE} AS outline
WORKDIR /sources
COPY . .
RUN sh docker/image/outline.sh /sources /outline

# Tools of the build: the list of dependencies inside of the binary, and as a CycloneDX file. And what an administrator
# looks into a container with: cat, id, ls and printenv of uutils, static and in one file, with nothing that runs commands.
FROM ${RUST_IMAGE} AS tools
ARG CARGO_AUDITABLE_VERSION=0.7.7
ARG CARGO_CYCLONEDX_VERSION=0.5.9
RUN cargo install --locked --debug --root /tools "cargo-auditable@${CARGO_AUDITABLE_VERSION}" \
 && cargo install --locked --debug --root /tools "cargo-cyclonedx@${CARGO_CYCLONEDX_VERSION}"
ARG COREUTILS_VERSION
RUN RUSTFLAGS="-C target-feature=+crt-static" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=s CARGO_PROFILE_RELEASE_STRIP=symbols PATH="/tools/bin:$PATH" \
    cargo auditable install --locked --root /look --target "$(rustc --print host-tuple)" \
      --no-default-features --features cat,id,ls,printenv "coreutils@${COREUTILS_VERSION}"

FROM ${RUST_IMAGE} AS build
COPY --from=tools /tools/bin/ /usr/local/bin/
# The same sources at the same path with the same tools give the same bytes (docs/SUPPLY_CHAIN.md).
ENV CARGO_INCREMENTAL=0 \
    SOURCE_DATE_EPOCH=0 \
    RUSTFLAGS="-C target-feature=+crt-static --remap-path-prefix=/usr/local/cargo=/cargo --remap-path-prefix=/build=/sources"
WORKDIR /build
COPY --from=outline /outline/ ./
RUN sh docker/image/compile.sh
COPY Cargo.toml Cargo.lock rust-toolchain.toml LICENSE ./
COPY docker/image/compile.sh docker/image/sbom.sh docker/image/
COPY samples/ samples/
COPY docs/DEIDENTIFY.md docs/
COPY crates/ crates/
RUN find crates -name '*.rs' -exec touch {} + \
 && sh docker/image/compile.sh \
 && install -D -m 0555 "target/$(rustc --print host-tuple)/release/clinical-notes" /out/clinical-notes \
 && sh docker/image/sbom.sh /out/sbom.cdx.json

# The root of the finished image, made where there is a shell.
FROM ${RUST_IMAGE} AS root
ARG COREUTILS_VERSION
COPY docker/image/root.sh LICENSE /work/
COPY --from=tools /look/bin/coreutils /out/
COPY --from=build /out/ /out/
RUN sh /work/root.sh /root-of-image "$COREUTILS_VERSION"

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="clinical-notes-summarizer" \
      org.opencontainers.image.description="Turns a medical record into a sheet that a patient can read" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
COPY --from=root /root-of-image/ /
# Production, so that a container that nobody configured refuses to start and says why.
ENV PATH=/usr/local/bin:/bin \
    TMPDIR=/app/temp \
    CLINICAL_ENVIRONMENT=production \
    CLINICAL_HOST=0.0.0.0 \
    CLINICAL_PORT=8000 \
    CLINICAL_LOG_DIR=/app/logs \
    CLINICAL_MODEL_CACHE_DIR=/app/cache/models \
    CLINICAL_ENABLE_PHI_PROTECTION=true
WORKDIR /app
USER 1001:1001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 CMD ["clinical-notes", "healthcheck"]
ENTRYPOINT ["clinical-notes"]
CMD ["serve"]
