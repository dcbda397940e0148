/** A program that Go builds from a module of ours: `tools/go/<module>` holds go.mod, go.sum and, for our own, main.go. */
interface GoProgram {
  /** Folder below tools/go. */
  readonly module: string;
  /** What is built: a package of a required module, or `.` for our own main. */
  readonly package: string;
  /** The required module whose version is the program's version. */
  readonly versionOf: string;
  /** Variable that is set to the version when the program is linked, for programs that know no other way to tell it. */
  readonly stamp?: (version: string) => string;
  /** Seconds of a cold build, one after another on two cores. */
  readonly seconds: number;
}

const kubernetes = {
  module: 'kubernetes',
  versionOf: 'k8s.io/kubernetes',
  stamp: (version: string) => `k8s.io/component-base/version.gitVersion=v${version}`,
};

/**
 * Every program that `npm run tools` builds. To add one: a folder with a go.mod that requires exact versions and its
 * go.sum, and a row here. No name may make `SLIPWAY_<PROGRAM>` a setting that means something else: `SLIPWAY_REGISTRY` is a
 * host, `SLIPWAY_VULNERABILITY_DATABASE` a folder.
 */
export const goPrograms: Readonly<Record<string, GoProgram>> = {
  'oci-registry': {
    module: 'registry',
    package: '.',
    versionOf: 'github.com/google/go-containerregistry',
    seconds: 21,
  },
  etcd: {
    module: 'kubernetes',
    package: 'go.etcd.io/etcd/server/v3',
    versionOf: 'go.etcd.io/etcd/server/v3',
    seconds: 28,
  },
  'kube-apiserver': { ...kubernetes, package: 'k8s.io/kubernetes/cmd/kube-apiserver', seconds: 189 },
  'kube-controller-manager': { ...kubernetes, package: 'k8s.io/kubernetes/cmd/kube-controller-manager', seconds: 55 },
  'kube-scheduler': { ...kubernetes, package: 'k8s.io/kubernetes/cmd/kube-scheduler', seconds: 4 },
  kubectl: { ...kubernetes, package: 'k8s.io/kubernetes/cmd/kubectl', seconds: 22 },
  helm: { module: 'helm', package: 'helm.sh/helm/v4/cmd/helm', versionOf: 'helm.sh/helm/v4', seconds: 67 },
  kwok: { module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', versionOf: 'sigs.k8s.io/kwok', seconds: 54 },
  // k6 2 has a module path that does not resolve, so what is built is older than the release in the manifest.
  k6: { module: 'k6', package: 'go.k6.io/k6', versionOf: 'go.k6.io/k6', seconds: 61 },
  syft: {
    module: 'syft',
    package: 'github.com/anchore/syft/cmd/syft',
    versionOf: 'github.com/anchore/syft',
    seconds: 109,
  },
  cosign: {
    module: 'cosign',
    package: 'github.com/sigstore/cosign/v3/cmd/cosign',
    versionOf: 'github.com/sigstore/cosign/v3',
    seconds: 121,
  },
  trivy: {
    module: 'trivy',
    package: 'github.com/aquasecurity/trivy/cmd/trivy',
    versionOf: 'github.com/aquasecurity/trivy',
    stamp: (version) => `github.com/aquasecurity/trivy/pkg/version/app.ver=${version}`,
    seconds: 241,
  },
  'vulnerability-database-builder': {
    module: 'vulnerability-database',
    package: '.',
    versionOf: 'github.com/aquasecurity/trivy-db',
    seconds: 20,
  },
  // For tests only: what filter a container runtime really installs.
  'seccomp-filter-reader': {
    module: 'seccomp-filter-reader',
    package: '.',
    versionOf: 'golang.org/x/sys',
    seconds: 8,
  },
};
