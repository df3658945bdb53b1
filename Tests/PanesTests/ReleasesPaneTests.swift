import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

struct ReleasesPaneTests {
    private static let reference = HelmReleaseReference(
        environment: "production", namespace: "logging", name: "log-collector")

    private static func release(_ revision: Int, _ status: String, days: Double) -> HelmRelease {
        HelmRelease(
            namespace: "logging", name: "log-collector", revision: revision, status: status,
            chart: "log-collector-1.\(revision).0", appVersion: "1.17",
            updated: Timestamp(seconds: Company.now.seconds - days * 86_400))
    }

    private func driver(width: Int = 100) -> PaneDriver {
        var company = Company()
        var failed = Self.release(2, "failed", days: 1)
        failed.name = "edge-gateway"
        failed.namespace = "platform"
        let live = FeedStatus(.live, since: Company.now)
        _ = company.world.apply(
            FeedUpdate(
                .releases("production"), status: live,
                change: .releases([Self.release(3, "deployed", days: 6), failed])))
        let history = [
            HelmReleaseDetail.Revision(Self.release(3, "deployed", days: 6), description: "Upgrade complete"),
            .init(Self.release(2, "superseded", days: 12), description: "Upgrade complete"),
            .init(Self.release(1, "superseded", days: 400), description: "Install complete"),
        ]
        var second = Self.reference
        second.revision = 2
        for (reference, chosen) in [(Self.reference, 3), (second, 2)] {
            let detail = HelmReleaseDetail(
                release: Self.release(chosen, "deployed", days: 6), history: history,
                values: "replicas: \(chosen)\npassword: hidden (12 bytes)\n", manifest: "kind: ConfigMap\n",
                notes: "It is up.\nGo on.")
            _ = company.world.apply(FeedUpdate(.release(reference), status: live, change: .release(detail)))
        }
        return PaneDriver(ReleasesPane(), company, width: width)
    }

    @Test("releases stand with revision, state and age; what failed has its sign")
    func list() { expectGolden(driver().frame, "releases-100x20") }

    @Test("enter shows the history, the newest first")
    func history() {
        var driver = driver()
        driver.press("enter")
        expectGolden(driver.frame, "release-history-100x20")
    }

    @Test("texts are of the revision under the cursor in the history")
    func values() {
        var driver = driver()
        driver.press("enter", "j", "v")
        #expect(
            driver.pane.feeds(in: driver.context).contains { feed in
                if case .release(let release) = feed { release.revision == 2 } else { false }
            })
        #expect(driver.rows.contains { $0.hasPrefix("replicas: 2") })
        #expect(driver.rows[0].contains("revision 2"))
    }

    @Test("roll back proposes the revision under the cursor, and says why not for the present one")
    func rollBack() {
        var driver = driver()
        driver.press("B")
        #expect(driver.effects == [.notice(Notice("open the history and choose the revision"))])
        driver.press("enter", "B")
        #expect(driver.effects == [.notice(Notice("revision 3 is the present one"))])
        driver.press("j", "B")
        let secret = ObjectReference(
            environment: "production", kind: ResourceKind(version: "v1", plural: "secrets", kind: "Secret"),
            namespace: "logging", name: "log-collector")
        let action = Action(.rollBackRelease(name: "log-collector", revision: 2), on: [secret], in: "production")
        #expect(driver.effects == [.act(action)])
    }

    @Test("escape goes from a text to the history, to the list, and out")
    func back() {
        var driver = driver()
        driver.press("v", "escape")
        #expect(driver.rows[0].contains("history"))
        driver.press("escape")
        #expect(driver.rows[0].hasPrefix("Helm releases  2"))
        driver.press("escape")
        #expect(driver.effects == [.leave])
    }

    @Test("a cluster without Helm says so")
    func none() {
        var driver = driver()
        let live = FeedStatus(.live, since: Company.now)
        _ = driver.company.world.apply(FeedUpdate(.releases("production"), status: live, change: .releases([])))
        driver.send(.resized)
        #expect(driver.rows.contains { $0.contains("No Helm releases: no release secrets here") })
    }
}
