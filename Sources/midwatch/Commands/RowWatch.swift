import Console
import Core
import Foundation
import Model

/// `get -w`: prints what feeds have, then each row as it changes, until interrupted. List and changes come from the one
/// feed, so that nothing is lost between them.
struct RowWatch {
    private let session: CoreSession
    private let inbox: CoreInbox
    private let queries: [TableQuery]
    private let names: [String]
    private let noHeaders: Bool
    private let output: OutputFormat

    init(
        _ session: CoreSession, _ wake: WakeDescriptor, _ queries: [TableQuery], names: [String], noHeaders: Bool,
        _ output: OutputFormat
    ) {
        self.session = session
        inbox = CoreInbox(session.inbox, wake)
        self.queries = queries.map { Self.narrowed($0, to: names) }
        self.names = names
        self.noHeaders = noHeaders
        self.output = output
    }

    /// Never returns; what the first look cannot have is a failure, later ones are said and tried again.
    func run() throws {
        var tables: [FeedID: WatchedRows] = [:]
        var statuses: [FeedID: FeedStatus] = [:]
        for query in queries { session.hub.subscribe(.table(query)) }
        while true {
            MainLoop.poll([inbox.descriptor], 60)
            for update in inbox.drain() {
                guard case .table(let query) = update.feed else { continue }
                var table = tables.removeValue(forKey: update.feed) ?? WatchedRows(names: names)
                if case .table(let delta) = update.change { print(table.apply(delta), of: table, query) }
                if let status = update.status {
                    try tell(status, query, table, former: statuses.updateValue(status, forKey: update.feed))
                    if status.phase == .live { try list(&table, query) }
                }
                tables[update.feed] = table
            }
        }
    }

    /// One name is the server's to find; several are picked from what comes.
    private static func narrowed(_ query: TableQuery, to names: [String]) -> TableQuery {
        guard names.count == 1 else { return query }
        var query = query
        query.fieldSelector =
            (query.fieldSelector.isEmpty ? "" : query.fieldSelector + ",") + "metadata.name=\(names[0])"
        return query
    }

    private func list(_ table: inout WatchedRows, _ query: TableQuery) throws {
        guard let rows = table.listed() else { return }
        if let name = table.missing(among: names) {
            let place = query.scope == .all ? "all namespaces" : query.scope.names.joined(separator: ", ")
            throw PlainFailure(.notFound, "\(query.kind.qualifiedName) \"\(name)\" not found in \(place)")
        }
        guard !rows.isEmpty else { return complain("No resources found yet; rows follow as they come.") }
        print(rows, of: table, query, isFirst: true)
    }

    private func print(_ rows: [TableRow], of table: WatchedRows, _ query: TableQuery, isFirst: Bool = false) {
        guard !rows.isEmpty else { return }
        let printer = RowPrinter(table.columns, query, several: queries.count > 1, output)
        Swift.print(isFirst ? printer.text(rows, titles: !noHeaders) : printer.following(rows))
        // Into a pipe rows would otherwise wait for more of them.
        fflush(nil)
    }

    private func tell(_ status: FeedStatus, _ query: TableQuery, _ table: WatchedRows, former: FeedStatus?) throws {
        for notice in status.notices where former?.notices.contains(notice) != true { complain("midwatch: \(notice)") }
        guard status.phase != former?.phase else { return }
        switch status.phase {
        case .failed(let reason) where !table.isListed: throw PlainFailure(.unreachable, reason)
        case .stale(let reason), .failed(let reason):
            complain("midwatch: \(query.environment): \(reason); still trying")
        case .forbidden(let reason): throw PlainFailure(.refused, reason)
        case .absent(let reason): throw PlainFailure(.notFound, reason)
        case .loading, .live, .ended: break
        }
    }
}
