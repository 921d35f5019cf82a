#!/usr/bin/env bash
# Builds the release into a folder: bash deploy/release.sh VERSION FOLDER
#
# For linux on amd64 and arm64 each a program that needs libc and libm alone, an
# SBOM (CycloneDX) of what went into it, and SHA256SUMS over all of them. The
# same commit, Go and C++ compiler make the same bytes. The other architecture's
# compiler is Debian's: apt-get install g++-aarch64-linux-gnu (or -x86-64-).
set -euo pipefail
cd "$(dirname "$0")/.."

readonly sbom=github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0

[[ $# == 2 ]] || { echo "usage: bash deploy/release.sh VERSION FOLDER" >&2; exit 2; }
version=$1
[[ $version =~ ^v[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.]+)?$ ]] || { echo "release.sh: $version is no version such as v1.2.3" >&2; exit 2; }
out=$(mkdir -p "$2" && cd "$2" && pwd)

compiler() {
	case $1 in
	amd64) echo x86_64-linux-gnu-g++ ;;
	arm64) echo aarch64-linux-gnu-g++ ;;
	esac
}

for arch in amd64 arm64; do
	cxx=$(compiler "$arch")
	command -v "$cxx" >/dev/null || { echo "release.sh: there is no $cxx, which builds for $arch" >&2; exit 1; }
	echo "building for linux/$arch"
	CGO_ENABLED=1 GOOS=linux GOARCH=$arch CC=${cxx%g++}gcc CXX=$cxx GOFLAGS=-mod=readonly \
		go build -trimpath -buildvcs=false -o "$out/chuchu-$version-linux-$arch" \
		-ldflags '-s -w -buildid= -extldflags "-static-libstdc++ -static-libgcc"' ./cmd/chuchu
done
echo "listing what went into it"
go run "$sbom" app -json -licenses -noserial -main cmd/chuchu -output "$out/chuchu-$version.cdx.json" .
cd "$out"
sha256sum "chuchu-$version"* >SHA256SUMS
cat SHA256SUMS
