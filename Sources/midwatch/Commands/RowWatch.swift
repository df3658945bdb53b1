import Console
import Core
import Foundation
import Model

/// `get -w`: prints rows as feeds report them, until interrupted.
struct RowWatch {
    private let session: CoreSession
    private let wake: WakeDescriptor
    private let queries: [TableQuery]
    private let several: Bool
    private let output: OutputFormat

    init(_ session: CoreSession, _ wake: WakeDescriptor, _ queries: [TableQuery], several: Bool, _ output: OutputFormat)
    {
        self.session = session
        self.wake = wake
        self.queries = queries
        self.several = several
        self.output = output
    }

    func run() throws {
        var columns: [FeedID: [TableColumn]] = [:]
        var isListed: Set<FeedID> = []
        var last: [FeedID: FeedStatus.Phase] = [:]
        for query in queries { session.hub.subscribe(.table(query)) }
        let inbox = CoreInbox(session.inbox, wake)
        while true {
            MainLoop.poll([inbox.descriptor], 60)
            for update in inbox.drain() {
                guard case .table(let query) = update.feed else { continue }
                if case .table(let delta) = update.change {
                    if let fresh = delta.reset { columns[update.feed] = fresh }
                    // The list itself has been printed before; from its end on, every row is a change.
                    if isListed.contains(update.feed) { print(delta, query, columns[update.feed] ?? []) }
                }
                if let status = update.status {
                    if case .live = status.phase { isListed.insert(update.feed) }
                    try tell(status, query, former: last.updateValue(status.phase, forKey: update.feed))
                }
            }
        }
    }

    private func print(_ delta: TableDelta, _ query: TableQuery, _ columns: [TableColumn]) {
        let rows = delta.order.compactMap { delta.changes[$0] ?? nil }
        guard !rows.isEmpty else { return }
        Swift.print(RowPrinter(columns, query, several: several, output).text(rows, titles: false))
        fflush(nil)
    }

    private func tell(_ status: FeedStatus, _ query: TableQuery, former: FeedStatus.Phase?) throws {
        guard status.phase != former else { return }
        switch status.phase {
        case .stale(let reason), .failed(let reason):
            complain("midwatch: \(query.environment): \(reason); still trying")
        case .forbidden(let reason): throw PlainFailure(.refused, reason)
        case .absent(let reason): throw PlainFailure(.notFound, reason)
        case .loading, .live, .ended: break
        }
    }
}
