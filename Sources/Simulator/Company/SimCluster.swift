/// One Kubernetes cluster of the company.
struct SimCluster: Sendable, Equatable {
    /// Also the environment's and the kubeconfig context's name.
    var name: String
    /// Whether the console should treat it as protected.
    var isProtected: Bool
    /// What `/version` answers: `v1.31.4`.
    var version: String
    var nodes: [SimNode]
    var namespaces: [SimNamespace]
    var workloads: [SimWorkload]

    /// The workload of that name, for scenarios and tests.
    func workload(_ name: String, in namespace: String) -> SimWorkload? {
        workloads.first { $0.name == name && $0.namespace == namespace }
    }
}

/// One machine of a cluster.
struct SimNode: Sendable, Equatable {
    var name: String
    var address: String
    var isControlPlane: Bool
    var zone: String
    var cpuMilli: Int
    var memoryMiB: Int
    var maximumPods: Int
    var osImage: String
    var kernel: String
    var runtime: String
}

/// One namespace of a cluster.
struct SimNamespace: Sendable, Equatable {
    var name: String
    var team: String
}

/// Somebody who works there; every name is made up.
struct SimPerson: Sendable, Equatable {
    var name: String
    var login: String
    var team: String
    var mail: String { "\(login)@lanternpay.example" }
}
