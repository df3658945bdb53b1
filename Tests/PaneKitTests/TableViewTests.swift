import Model
import PaneKit
import Testing

struct TableViewTests {
    @Test("rows stand by namespace and name, numbers in names by their value")
    func naturalOrder() {
        let table = TableFixture([
            TableFixture.pod("web-10"), TableFixture.pod("web-9"), TableFixture.pod("api", namespace: "zeta"),
            TableFixture.pod("Web-2"),
        ])
        #expect(table.names == ["Web-2", "web-9", "web-10", "api"])
    }

    @Test("rows that come later are put where they belong")
    func insertion() {
        var table = TableFixture([TableFixture.pod("b"), TableFixture.pod("d")])
        table.change(put: [TableFixture.pod("e"), TableFixture.pod("a"), TableFixture.pod("c")])
        #expect(table.names == ["a", "b", "c", "d", "e"])
    }

    @Test("the selection stays on its object when rows come before it")
    func selectionStays() {
        var table = TableFixture([TableFixture.pod("b"), TableFixture.pod("c")])
        table.view.move(.down, in: table.world)
        table.change(put: [TableFixture.pod("a")])
        #expect(table.selectedName == "c")
    }

    @Test("the selected row stays on its line of the screen when rows come above it")
    func scrollStays() {
        var table = TableFixture((10..<40).map { TableFixture.pod("p\($0)") }, height: 5)
        for _ in 0..<10 { table.view.move(.down, in: table.world) }
        let before = table.screen().firstIndex { $0.contains("p20") }
        table.change(put: [TableFixture.pod("a"), TableFixture.pod("b")])
        #expect(table.screen().firstIndex { $0.contains("p20") } == before)
    }

    @Test("when the selected object goes, the cursor is on the one that took its place")
    func selectedGoes() {
        var table = TableFixture([TableFixture.pod("a"), TableFixture.pod("b"), TableFixture.pod("c")])
        table.view.move(.down, in: table.world)
        table.change(remove: ["b"])
        #expect(table.selectedName == "c")
    }

    @Test("a new list leaves the selection on its object")
    func resetKeepsSelection() {
        var table = TableFixture([TableFixture.pod("a"), TableFixture.pod("b")])
        table.view.move(.down, in: table.world)
        var delta = TableDelta(reset: TableFixture.columns)
        for name in ["0", "a", "b", "c"] { delta.put(TableFixture.pod(name)) }
        let changes = table.world.apply(FeedUpdate(.table(TableFixture.query), change: .table(delta)))
        table.view.apply(.table(TableFixture.query), changes, in: table.world)
        #expect(table.selectedName == "b")
        #expect(table.names == ["0", "a", "b", "c"])
    }

    @Test("an update in a sorted column moves the row")
    func updateMoves() {
        var table = TableFixture([
            TableFixture.pod("a", restarts: "1"), TableFixture.pod("b", restarts: "2"),
            TableFixture.pod("c", restarts: "3"),
        ])
        let isThere = table.view.sort(byTitle: "restarts", in: table.world)
        #expect(isThere)
        table.change(put: [TableFixture.pod("a", restarts: "12 (3s ago)")])
        #expect(table.names == ["b", "c", "a"])
    }

    @Test("sorting by the same column again turns the order round")
    func sortTurns() {
        var table = TableFixture([TableFixture.pod("a"), TableFixture.pod("b")])
        _ = table.view.sort(byTitle: "NAME", in: table.world)
        _ = table.view.sort(byTitle: "NAME", in: table.world)
        #expect(table.names == ["b", "a"])
    }

    @Test("sorting by age puts the youngest first")
    func sortByAge() {
        var table = TableFixture([
            TableFixture.pod("old", created: 1000), TableFixture.pod("young", created: 999_999),
        ])
        _ = table.view.sort(byTitle: "AGE", in: table.world)
        #expect(table.names == ["young", "old"])
    }

    @Test("a row that leaves the filter leaves the view, and comes back with it")
    func filterFollows() {
        var table = TableFixture([TableFixture.pod("a", status: "Pending"), TableFixture.pod("b")])
        table.view.setFilter(RowFilter("status:pending"), in: table.world)
        #expect(table.names == ["a"])
        table.change(put: [TableFixture.pod("a"), TableFixture.pod("b", status: "Pending")])
        #expect(table.names == ["b"])
    }

    @Test("faults only shows what is not well")
    func faults() {
        var table = TableFixture([
            TableFixture.pod("well"), TableFixture.pod("crashing", ready: "0/1", status: "CrashLoopBackOff"),
            TableFixture.pod("half", ready: "1/2"), TableFixture.pod("done", ready: "0/1", status: "Completed"),
        ])
        table.view.setOnlyFaults(true, in: table.world)
        #expect(table.names == ["crashing", "half"])
    }

    @Test("marks reach from the last mark to the cursor")
    func markRange() {
        var table = TableFixture([TableFixture.pod("a"), TableFixture.pod("b"), TableFixture.pod("c")])
        table.view.toggleMark(in: table.world)
        table.view.move(.down, in: table.world)
        let isMarked = table.view.markRange(in: table.world)
        #expect(isMarked)
        #expect(table.view.targets(in: table.world).map(\.name) == ["a", "b", "c"])
    }

    @Test("marked objects that are gone are no targets")
    func markedGone() {
        var table = TableFixture([TableFixture.pod("a"), TableFixture.pod("b")])
        table.view.markAll(in: table.world)
        table.change(remove: ["a"])
        #expect(table.view.targets(in: table.world).map(\.name) == ["b"])
    }

    @Test("only the children of an owner are shown, those that come later too")
    func owners() {
        var table = TableFixture([TableFixture.pod("a", owner: "rs1"), TableFixture.pod("b", owner: "rs2")])
        table.view.show(
            [TableSource(TableFixture.query, owners: ["rs1"])], namespaceColumn: true, metrics: false, in: table.world)
        table.change(put: [TableFixture.pod("c", owner: "rs1"), TableFixture.pod("d", owner: "rs2")])
        #expect(table.names == ["a", "c"])
    }

    @Test("columns of lower priority are shown in the wide table only")
    func wide() {
        var table = TableFixture([TableFixture.pod("a")])
        #expect(table.view.columnTitles == ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE"])
        table.view.setWide(true, in: table.world)
        #expect(table.view.columnTitles == ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP"])
    }

    @Test("an escape sequence in a cell is shown, not obeyed")
    func foreignText() {
        let table = TableFixture([TableFixture.pod("a", status: "\u{1B}[2Jhi")])
        #expect(table.screen()[1].contains("␛[2Jhi"))
    }

    @Test("a narrow region keeps names readable and says that more columns follow")
    func narrow() {
        let table = TableFixture([TableFixture.pod("a-rather-long-name-for-a-pod-7d9c")])
        #expect(
            table.screen(width: 40, height: 2) == [
                "   NAMESPACE  NAME                     ›",
                "   payments   a-rather-long-nam…pod-7d9c",
            ])
    }

    @Test("a CSV cell that a spreadsheet would run is defused")
    func csv() {
        let table = TableFixture([TableFixture.pod("a", status: "=1+1"), TableFixture.pod("b", status: "x,\"y\"")])
        let context = PaneContext(
            world: table.world, scope: Scope(environments: ["sandbox"]), size: .init(width: 80, height: 6))
        #expect(
            table.view.csv(in: context)
                == "NAMESPACE,NAME,READY,STATUS,RESTARTS,AGE\r\npayments,a,1/1,'=1+1,0,16m\r\npayments,b,1/1,\"x,\"\"y\"\"\",0,16m\r\n"
        )
    }

    @Test("a list that arrives page by page gives the selection back when its object comes")
    func pagedReset() {
        var table = TableFixture([TableFixture.pod("a"), TableFixture.pod("b"), TableFixture.pod("c")])
        table.view.move(.last, in: table.world)
        var first = TableDelta(reset: TableFixture.columns)
        first.put(TableFixture.pod("a"))
        let changes = table.world.apply(FeedUpdate(.table(TableFixture.query), change: .table(first)))
        table.view.apply(.table(TableFixture.query), changes, in: table.world)
        table.change(put: [TableFixture.pod("b"), TableFixture.pod("c")])
        #expect(table.selectedName == "c")
    }

    @Test("a filter that is taken away gives the selection back")
    func filterKeepsSelection() {
        var table = TableFixture([TableFixture.pod("a"), TableFixture.pod("b"), TableFixture.pod("c")])
        table.view.move(.last, in: table.world)
        table.view.setFilter(RowFilter("a"), in: table.world)
        table.view.setFilter(RowFilter(""), in: table.world)
        #expect(table.selectedName == "c")
    }

    @Test("a row that is adopted joins its owner's table, one that is orphaned leaves it")
    func adoption() {
        var table = TableFixture([TableFixture.pod("a", owner: "rs1"), TableFixture.pod("b", owner: "rs2")])
        table.view.show(
            [TableSource(TableFixture.query, owners: ["rs1"])], namespaceColumn: true, metrics: false, in: table.world)
        table.change(put: [TableFixture.pod("a", owner: "rs2"), TableFixture.pod("b", owner: "rs1")])
        #expect(table.names == ["b"])
    }
}
