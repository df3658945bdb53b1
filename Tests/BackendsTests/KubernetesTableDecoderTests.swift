import JSON
import Model
import Testing

@testable import Backends

struct KubernetesTableDecoderTests {
    private func page(_ fixture: String) throws -> TablePage {
        var decoder = TableDecoder()
        return try decoder.page(try KubernetesFixture.json(fixture), target: "/api/v1/pods")
    }

    private func cells(_ row: TableRow) -> [String] { (0..<row.cellCount).map(row.cell) }

    private func events(_ fixture: String) throws -> [(TableWatchEvent, String)] {
        var decoder = TableDecoder()
        return try KubernetesFixture.text(fixture).split(separator: "\n").map {
            try decoder.event(try JSONValue.parse(String($0)), target: "/api/v1/pods")
        }
    }

    @Test("a page of pods has the server's columns, rows and the place of the next page")
    func podPage() throws {
        let page = try page("pods/page-1-table")
        #expect(
            page.columns.map(\.name) == [
                "Name", "Ready", "Status", "Restarts", "Age", "IP", "Node", "Nominated Node", "Readiness Gates",
            ])
        #expect(page.columns.map(\.priority) == [0, 0, 0, 0, 0, 1, 1, 1, 1])
        #expect(page.columns.map(\.isAge) == [false, false, false, false, true, false, false, false, false])
        #expect(page.rows.count == 5)
        #expect(page.resourceVersion == "1233")
        #expect(page.continuation == "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MTIzMywic3RhcnQiOiIvY3JlYXRpbmdcdTAwMDAifQ")
    }

    @Test("a row has its cells, its identity and its creation time, and leaves the age to the reader")
    func podRow() throws {
        let row = try page("pods/page-1-table").rows[1]
        #expect(
            cells(row) == ["completed", "0/1", "Completed", "0", "", "10.244.228.45", "node-3", "<none>", "<none>"])
        #expect(row.key == RowKey(namespace: "odd", name: "completed"))
        #expect(row.uid == "2a06d022-d997-4e0c-aa95-3e075cdd6662")
        #expect(row.created == 1_795_353_312)
        #expect(row.isDeleting == false)
        #expect(row.owner == nil)
    }

    @Test("a replica set names the deployment that controls it")
    func owner() throws {
        let row = try #require(try page("tables/replicasets").rows.first { $0.name == "api-57577d4cf6" })
        #expect(row.owner?.kind == "Deployment")
        #expect(row.owner?.name == "api")
    }

    @Test("numbers, booleans and null are printed as kubectl prints them")
    func scalarCells() throws {
        let rows = try page("tables/widgets").rows
        #expect(cells(rows[0]) == ["widget-0", "small", "0", "", "8080", "0", "true", "2m11s", ""])
        #expect(cells(rows[1]).prefix(7) == ["widget-1", "medium", "1", "Ready", "http", "1.5", "false"])
    }

    @Test("a creation date that is not an age stands as the server wrote it")
    func createdAt() throws {
        let page = try page("tables/clusterroles")
        #expect(page.columns.map(\.isAge) == [false, false])
        #expect(cells(page.rows[0]) == ["admin", "2026-11-22T13:15:03Z"])
    }

    @Test("cluster-scoped rows have no namespace")
    func clusterScoped() throws {
        #expect(try page("tables/nodes").rows[0].key == RowKey(namespace: "", name: "control-plane"))
    }

    @Test("a plain list becomes names and ages")
    func plainList() throws {
        let page = try page("pods/list-partial-metadata")
        #expect(page.columns == TableDecoder.plainColumns)
        #expect(page.rows.first.map(cells) == ["completed", ""])
        #expect(page.rows.first?.created == 1_795_353_312)
    }

    @Test("a list whose items are null is empty")
    func nullItems() throws {
        var decoder = TableDecoder()
        let page = try decoder.page(
            try JSONValue.parse(#"{"kind":"PartialObjectMetadataList","metadata":{},"items":null}"#), target: "/x")
        #expect(page.rows.isEmpty)
    }

    @Test("a text with line breaks is cut at the first one")
    func lineBreaks() throws {
        var decoder = TableDecoder()
        let page = try decoder.page(
            try JSONValue.parse(#"{"columnDefinitions":[{"name":"Name"}],"rows":[{"cells":["one\ntwo"]}]}"#),
            target: "/x")
        #expect(cells(page.rows[0]) == ["one..."])
    }

    @Test("what is no list is refused by name")
    func noList() throws {
        var decoder = TableDecoder()
        let error = #expect(throws: KubernetesError.self) {
            try decoder.page(try JSONValue.parse(#"{"kind":"Pod"}"#), target: "/api/v1/pods")
        }
        #expect(
            error?.message
                == "/api/v1/pods: the server's answer cannot be read: it is Pod, neither a table nor a list")
    }

    @Test("a watch gives rows, deletions and bookmarks that are no rows")
    func watchEvents() throws {
        let lines = try events("watch/table-from-rv-metadata").map { event, version in
            switch event {
            case .put(let rows, let columns): "put \(rows.map(\.name)) \(columns.count) @\(version)"
            case .removed(let rows): "removed \(rows.map(\.name)) @\(version)"
            case .bookmark: "bookmark @\(version)"
            case .failed(let code, _): "failed \(code)"
            }
        }
        #expect(
            lines == [
                "put [\"w2\"] 9 @1611", "put [\"w2\"] 9 @1612", "put [\"w2\"] 9 @1623", "put [\"w2\"] 9 @1624",
                "put [\"w2\"] 9 @1625", "put [\"w2\"] 9 @1626", "removed [\"w2\"] @1627", "bookmark @1627",
            ])
    }

    @Test("a watch of plain objects gives rows too")
    func plainWatch() throws {
        let first = try #require(try events("watch/plain-from-rv").first)
        guard case .put(let rows, let columns) = first.0 else {
            Issue.record("the first event is no row")
            return
        }
        #expect(columns == TableDecoder.plainColumns)
        #expect(rows.count == 1)
    }

    @Test("an error in a watch is a status under 200")
    func watchError() throws {
        guard case .failed(let code, let message) = try events("gone/watch-table-410")[0].0 else {
            Issue.record("no failure")
            return
        }
        #expect(code == 410)
        #expect(message == "too old resource version: 2 (2011)")
    }

    @Test("a pod that is being deleted says so")
    func deleting() throws {
        let events = try events("watch/table-from-rv-metadata")
        guard case .put(let rows, _) = events[5].0 else {
            Issue.record("no row")
            return
        }
        #expect(rows[0].isDeleting)
    }
}
