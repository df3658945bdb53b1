import Foundation
import Testing

@testable import Simulator

@Suite("What a kubelet knows of a pod")
struct KubernetesSimulatorPodRunTests {
    private let now = KubernetesFixtures.now

    private func run(endsAt: Date?) -> PodRun {
        var container = ContainerRun(
            name: "app", image: "app:1", role: .main, state: .waiting(reason: "CrashLoopBackOff", message: nil))
        container.due = (now, .restart)
        return PodRun(
            key: ObjectKey("demo", "app-0"), uid: "1", node: "n", hostIP: "10.0.0.1", startTime: now,
            restartPolicy: "Always", containers: [container], readySince: now, endsAt: endsAt)
    }

    @Test("a container's restart is what comes next")
    func restart() { #expect(run(endsAt: nil).nextDue == now) }

    @Test("of a pod that is being ended nothing comes next but its end, whatever was due to its containers")
    func ending() {
        let end = now.addingTimeInterval(2)
        #expect(run(endsAt: end).nextDue == end)
    }
}
