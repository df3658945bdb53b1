import Foundation

@testable import Simulator

/// One of the company's clusters with its controllers, its time driven by hand.
struct LivingCluster {
    let clock = ManualClock(now: KubernetesFixtures.now)
    let cluster: SimulatedCluster

    init(_ name: String = "sandbox") async throws {
        let company = Company.lanternpay(seed: 1)
        guard let description = company.cluster(name) else { throw SimulationError.unknownScenario(name) }
        cluster = SimulatedCluster(
            description, company: company, clock: clock, ledger: ContainerLedger(), script: LogScript(seed: 1))
        await cluster.populate()
        await cluster.engine.startRegularWork()
    }

    var api: KubernetesServer { cluster.api }
    var store: ClusterStore { cluster.store }

    /// Lets the controllers work for so many seconds, a quarter at a time.
    func pass(_ seconds: Double) async {
        await cluster.engine.settle()
        for _ in 0..<Int((seconds * 4).rounded(.up)) {
            await clock.advance(by: 0.25)
            await cluster.engine.settle()
        }
    }

    /// The pods of an app, in order.
    func pods(of app: String, in namespace: String) -> [StoredObject] {
        store.all("pods", namespace: namespace).filter { $0.labels["app"].stringValue == app }
    }

    func object(_ resource: String, _ namespace: String, _ name: String) -> SimJSON {
        store.get(resource, namespace, name)?.json ?? .null
    }
}
