/// Makes clusters of the company's table; the same seed always makes the same ones.
struct CompanyBuilder {
    var seed: UInt64
    var size: Company.Size

    func cluster(_ name: String) -> SimCluster {
        let isProduction = name == "production"
        var workloads = CompanyTable.rows.compactMap {
            workload($0, in: name, replicas: isProduction ? $0.production : $0.sandbox)
        }
        let nodes = nodes(of: name, for: isProduction ? size.productionPods ?? 0 : 0)
        var namespaces = CompanyTable.namespaces.map { SimNamespace(name: $0.name, team: $0.team) }
        if isProduction, let wanted = size.productionPods {
            let load = loadWorkloads(wanted - podCount(workloads, nodes: nodes.count), in: name)
            workloads += load
            namespaces += Set(load.map(\.namespace)).sorted().map { SimNamespace(name: $0, team: "platform") }
        }
        spreadRate(over: &workloads, nodes: nodes.count)
        return SimCluster(
            name: name, isProtected: isProduction, version: isProduction ? "v1.31.4" : "v1.32.1", nodes: nodes,
            namespaces: namespaces, workloads: workloads)
    }

    /// How many pods run of these at a time, on so many nodes; cron jobs count one.
    func podCount(_ workloads: [SimWorkload], nodes: Int) -> Int {
        workloads.reduce(0) { $0 + ($1.kind == .daemonSet ? nodes : $1.replicas) }
    }

    private func nodes(of cluster: String, for pods: Int) -> [SimNode] {
        let isProduction = cluster == "production"
        let controlPlanes = isProduction ? 3 : 1
        let workers = max(isProduction ? 9 : 5, pods / 100)
        return (0..<controlPlanes + workers).map { index in
            let isControlPlane = index < controlPlanes
            let number = isControlPlane ? index + 1 : index - controlPlanes + 1
            return SimNode(
                name: "\(isProduction ? "prod" : "sbx")-\(isControlPlane ? "cp" : "worker")-\(padded(number))",
                address: "10.\(isProduction ? 20 : 10).\(index / 250).\(index % 250 + 4)",
                isControlPlane: isControlPlane,
                zone: ["hall-a", "hall-b", "hall-c"][index % 3], cpuMilli: isControlPlane ? 8000 : 32000,
                memoryMiB: isControlPlane ? 16384 : 131_072, maximumPods: 250,
                osImage: "Debian GNU/Linux 12 (bookworm)",
                kernel: "6.1.0-25-amd64", runtime: "containerd://1.7.22")
        }
    }

    private func workload(_ row: CompanyTable.Row, in cluster: String, replicas: Int) -> SimWorkload? {
        guard replicas > 0 else { return nil }
        var generator = SeededGenerator(seed: seed, "\(cluster)/\(row.namespace)/\(row.name)")
        let team = CompanyTable.namespaces.first { $0.name == row.namespace }?.team ?? "platform"
        let oddity = row.oddity.1 == nil || row.oddity.1 == cluster ? row.oddity.0 : .none
        let version = "\(1 + generator.next() % 4).\(generator.next() % 30).\(generator.next() % 9)"
        let isOurs = row.vendor == nil
        return SimWorkload(
            cluster: cluster, namespace: row.namespace, name: row.name, kind: row.kind, replicas: replicas,
            containers: containers(row, version: version, &generator),
            labels: labels(row, team: team, version: isOurs ? version : tag(row.vendor ?? "")), team: team,
            oddity: oddity,
            schedule: row.schedule, servicePort: row.port,
            host: row.host ? "\(row.name).\(cluster).lanternpay.example" : nil, volumeGiB: row.volumeGiB,
            autoscale: cluster == "production" ? row.autoscale : row.sandboxAutoscale,
            isIndispensable: row.isIndispensable,
            repository: isOurs ? "https://git.lanternpay.example/\(row.namespace)/\(row.name)" : nil,
            jenkinsJob: isOurs ? [row.namespace, row.name, "main"] : nil, commit: generator.hex(40))
    }

    private func labels(_ row: CompanyTable.Row, team: String, version: String) -> [String: String] {
        [
            "app": row.name, "team": team, "app.kubernetes.io/name": row.name,
            "app.kubernetes.io/part-of": row.namespace,
            "app.kubernetes.io/version": version,
        ]
    }

    private func containers(_ row: CompanyTable.Row, version: String, _ generator: inout SeededGenerator)
        -> [SimContainerSpec]
    {
        let image = row.vendor ?? "registry.lanternpay.example/\(row.namespace)/\(row.name):\(version)"
        let repository = String(image.prefix(upTo: image.lastIndex(of: ":") ?? image.endIndex))
        var specs: [SimContainerSpec] = []
        if let name = row.initial {
            specs.append(spec(name, .initial, repository, tag(image), .batch, 64, &generator))
        }
        var main = spec(row.name, .main, repository, tag(image), row.profile, row.memoryMiB, &generator)
        main.port = row.port
        specs.append(main)
        for name in row.sidecars {
            let profile: LogProfile = name == "envoy" ? .access : .quiet
            specs.append(spec(name, .sidecar, "docker.example/sidecars/\(name)", "v1.31.2", profile, 128, &generator))
        }
        return specs
    }

    private func spec(
        _ name: String, _ role: SimContainerSpec.Role, _ repository: String, _ tag: String, _ profile: LogProfile,
        _ memoryMiB: Int, _ generator: inout SeededGenerator
    ) -> SimContainerSpec {
        let cpu = [50, 100, 200, 250, 500].randomElement(using: &generator) ?? 100
        return SimContainerSpec(
            name: name, role: role, repository: repository, tag: tag, profile: profile,
            linesPerSecond: profile.usualRate,
            port: nil, cpuRequestMilli: cpu, memoryRequestMiB: memoryMiB,
            cpuUsageMilli: max(1, cpu * Int.random(in: 5...80, using: &generator) / 100),
            memoryUsageMiB: max(8, memoryMiB * Int.random(in: 30...90, using: &generator) / 100))
    }

    /// Deployments of up to 50 replicas in namespaces of 20 deployments, until there are `pods`.
    private func loadWorkloads(_ pods: Int, in cluster: String) -> [SimWorkload] {
        guard pods > 0 else { return [] }
        return (0..<(pods + 49) / 50).compactMap { index in
            let row = CompanyTable.Row(
                namespace: "load-\(padded(index / 20, to: 3))", name: "load-\(padded(index, to: 4))", sandbox: 0,
                production: min(50, pods - index * 50), profile: LogProfile.allCases[index % LogProfile.allCases.count])
            return workload(row, in: cluster, replicas: row.production)
        }
    }

    private func spreadRate(over workloads: inout [SimWorkload], nodes: Int) {
        guard let wanted = size.linesPerSecond else { return }
        let usual = workloads.reduce(0.0) { sum, workload in
            let pods = Double(workload.kind == .daemonSet ? nodes : workload.replicas)
            return sum + pods * workload.containers.filter { $0.role != .initial }.reduce(0) { $0 + $1.linesPerSecond }
        }
        guard usual > 0 else { return }
        for index in workloads.indices {
            for container in workloads[index].containers.indices {
                workloads[index].containers[container].linesPerSecond *= wanted / usual
            }
        }
    }

    private func tag(_ image: String) -> String {
        image.lastIndex(of: ":").map { String(image[image.index(after: $0)...]) } ?? "latest"
    }

    private func padded(_ number: Int, to width: Int = 2) -> String {
        String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
}
