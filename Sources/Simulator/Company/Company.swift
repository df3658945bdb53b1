/// Lanternpay, the make-believe company that the simulator serves: what runs where, whose it is, and what ships it.
///
/// A plain value made from a seed; the simulated servers fill themselves from it and share nothing else of it.
struct Company: Sendable, Equatable {
    /// What a demo or a load test may want different.
    struct Size: Sendable, Equatable {
        /// Pods of each load-bearing cluster in all; nil leaves the company as large as it is. What is more than the
        /// company has becomes pods in namespaces `load-000` and on.
        var productionPods: Int?
        /// Lines a second over all containers of a cluster; nil leaves each container its profile's usual rate.
        var linesPerSecond: Double?

        init(productionPods: Int? = nil, linesPerSecond: Double? = nil) {
            self.productionPods = productionPods
            self.linesPerSecond = linesPerSecond
        }
    }

    var name = "Lanternpay"
    var domain = "lanternpay.example"
    var seed: UInt64
    var clusters: [SimCluster]
    var people: [SimPerson]

    /// The company as a seed and a size make it: clusters `sandbox` and `production`.
    static func lanternpay(seed: UInt64 = 1, size: Size = Size()) -> Company {
        let builder = CompanyBuilder(seed: seed, size: size)
        return Company(
            seed: seed, clusters: [builder.cluster("sandbox"), builder.cluster("production")],
            people: CompanyTable.people)
    }

    /// The cluster of that name.
    func cluster(_ name: String) -> SimCluster? { clusters.first { $0.name == name } }

    /// Somebody of a team, to sign commits and start runs: the one whom `choice` picks.
    func person(ofTeam team: String, choice: UInt64 = 0) -> SimPerson {
        let members = people.filter { $0.team == team }
        guard !members.isEmpty else { return people[Int(choice % UInt64(people.count))] }
        return members[Int(choice % UInt64(members.count))]
    }
}
