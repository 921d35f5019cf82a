FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# jieba is C++: its library goes into the program, which leaves libc and libm.
RUN CGO_ENABLED=1 go build -trimpath \
    -buildvcs=false -ldflags '-s -w -buildid= -extldflags "-static-libstdc++ -static-libgcc"' \
    -o /out/chuchu ./cmd/chuchu
# The licences of all that went into the program.
RUN mkdir -p /out/licenses && cp --parents -t /out/licenses "$(go env GOROOT)/LICENSE" && \
    go list -deps -f '{{with .Module}}{{.Dir}}{{end}}' ./cmd/chuchu | grep . | sort -u | \
    xargs -d '\n' sh -c 'find "$@" -type f \( -iname "LICENSE*" -o -iname "NOTICE*" -o -iname "COPYING*" \) -exec cp --parents -t /out/licenses {} +' sh

FROM debian:bookworm-slim
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/licenses /usr/share/doc/chuchu
COPY --from=build /out/chuchu /usr/bin/chuchu
RUN install -d -m 0750 -o 10001 -g 10001 /var/lib/chuchu
# All that is ever written lies on this volume; the rest may be read-only.
ENV CHUCHU_STATE=/var/lib/chuchu XDG_CACHE_HOME=/var/lib/chuchu/cache TMPDIR=/var/lib/chuchu CHUCHU_LISTEN=127.0.0.1:8080
VOLUME /var/lib/chuchu
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/usr/bin/chuchu", "health"]
ENTRYPOINT ["/usr/bin/chuchu"]
CMD ["serve"]
