import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

struct RelatedListTests {
    private func driver(_ view: ObjectView, _ related: RelatedObjects?, width: Int = 80) -> PaneDriver {
        var company = Company()
        if let related {
            let feed = FeedID.related(Company.pod, view == .tree ? .tree : .usedBy)
            _ = company.world.apply(
                FeedUpdate(feed, status: FeedStatus(.live, since: Company.now), change: .related(related)))
        }
        var driver = PaneDriver(WorkloadsPane(), company, width: width)
        driver.send(.go(.object(Company.pod, view)))
        return driver
    }

    private func node(
        _ kind: ResourceKind, _ name: String, _ depth: Int, _ words: String, _ tone: Tone = .good
    ) -> RelatedObjects.Node {
        RelatedObjects.Node(
            ObjectReference(environment: "production", kind: kind, namespace: "ledger", name: name, uid: "uid-\(name)"),
            depth: depth, words: words, tone: tone)
    }

    private var tree: RelatedObjects {
        RelatedObjects(
            nodes: [
                node(.deployments, "ledger-api", 0, "1/2 ready", .warning),
                node(.replicaSets, "ledger-api-7c9d", 1, "1/2 ready", .warning),
                node(.pods, "ledger-api-7c9d-2xkqp", 2, "1/1 ready  Running"),
                node(.pods, "ledger-api-7c9d-9fz4w", 2, "0/1 ready  CrashLoopBackOff", .critical),
            ], notices: ["3 former replicasets of ledger-api with nothing in them"])
    }

    @Test("the owner tree draws branches, states and what was left out")
    func golden() { expectGolden(driver(.tree, tree).frame, "owner-tree-80x20") }

    @Test("enter describes the object under the cursor")
    func open() {
        var driver = driver(.tree, tree)
        driver.press("j", "enter")
        #expect(driver.rows[0].hasPrefix("ReplicaSet ledger/ledger-api-7c9d"))
    }

    @Test("the cursor stays on its object when others come before it")
    func cursorStays() {
        var driver = driver(.tree, tree)
        driver.press("G")
        var more = tree
        more.nodes.insert(node(.pods, "ledger-api-7c9d-00000", 2, "0/1 ready  Pending", .progressing), at: 2)
        _ = driver.company.world.apply(FeedUpdate(.related(Company.pod, .tree), change: .related(more)))
        driver.send(.resized)
        driver.press("enter")
        #expect(driver.rows[0].hasPrefix("Pod ledger/ledger-api-7c9d-9fz4w"))
    }

    @Test("nothing refers to it: said as such, not an empty table")
    func unused() {
        let driver = driver(.usedBy, RelatedObjects(nodes: []))
        #expect(driver.rows.contains { $0.contains("Nothing refers to ledger-api-7c9d-9fz4w") })
    }
}
