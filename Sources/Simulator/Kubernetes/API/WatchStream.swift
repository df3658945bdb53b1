import Foundation

/// One watch: reads the store's changes at the pace of its client and encodes what the client has not seen yet.
///
/// It holds no queue of its own: a client that reads too slowly finds its place forgotten and is cut off, as a real
/// server does.
actor WatchStream {
    enum Start: Sendable {
        /// Everything that is there first; `endMarked`: then a bookmark that says so (a watch list).
        case initial(endMarked: Bool)
        case now
        case position(Int)
        case failed(APIStatus)
    }

    private let store: ClusterStore
    private let clock: any SimulationClock
    private let request: ResourceRequest
    private let representation: Representation
    private let wakeUp = WakeUp()
    private let deadline: Date
    private let timer: Task<Void, Never>
    private var start: Start?
    private var pending: ArraySlice<StoredObject> = []
    private var initialRevision = 0
    private var mustMarkEnd = false
    private var position = 0
    private var seen = 0
    private var hasSentColumns = false
    private var nextBookmark: Date
    private var hasSentLastBookmark = false
    private var isOver = false
    private var quietUntil = ContinuousClock.now

    private static let bookmarkInterval: TimeInterval = 60
    /// A busy stream collects changes this long, so that a thousand watchers do not wake for each of them.
    private static let pause: Duration = .milliseconds(15)

    init(
        store: ClusterStore, clock: any SimulationClock, request: ResourceRequest, representation: Representation,
        start: Start
    ) {
        self.store = store
        self.clock = clock
        self.request = request
        self.representation = representation
        self.start = start
        let now = clock.now
        // Without a limit of its own a watch lasts half an hour to an hour on a real server.
        let deadline = now.addingTimeInterval(request.options.timeout.map { $0 > 0 ? $0 : 2700 } ?? 2700)
        self.deadline = deadline
        let lastBookmark = deadline.addingTimeInterval(-2)
        nextBookmark = min(now.addingTimeInterval(Self.bookmarkInterval), max(lastBookmark, now))
        timer = Self.timer(clock, wakeUp, until: deadline, bookmark: nextBookmark)
    }

    deinit { timer.cancel() }

    /// The next lines, waiting for changes where there are none; nil when the watch has lasted long enough.
    func next() async throws -> [UInt8]? {
        if isOver { return nil }
        if let start {
            self.start = nil
            if let failure = begin(start) { return failure }
        }
        while !Task.isCancelled {
            if let lines = try lines() {
                quietUntil = .now + Self.pause
                return lines
            }
            let now = clock.now
            guard now < deadline else { return nil }
            await wakeUp.wait()
            if ContinuousClock.now < quietUntil { try await Task.sleep(until: quietUntil) }
        }
        throw CancellationError()
    }

    private func begin(_ start: Start) -> [UInt8]? {
        store.watch(request.resource.storage, wakeUp)
        switch start {
        case .failed(let status):
            isOver = true
            return Array(#"{"type":"ERROR","object":"#.utf8) + status.json.bytes + Array("}\n".utf8)
        case .now: position = store.listForWatch(request.resource.storage, namespace: "").next
        case .position(let index): position = index
        case .initial(let endMarked):
            let found = store.listForWatch(request.resource.storage, namespace: request.path.namespace)
            pending = found.objects.filter { request.options.selects($0) }[...]
            position = found.next
            initialRevision = found.revision
            mustMarkEnd = endMarked && request.options.wantsBookmarks
        }
        // A list form in a watch is taken and then fits no event: the client gets a stream that stays empty.
        if representation == .partialList { pending = [] }
        return nil
    }

    private func lines() throws -> [UInt8]? {
        var out: [UInt8] = []
        let writer = request.writer(representation, now: clock.now)
        if !pending.isEmpty {
            writePending(writer, to: &out)
            return out
        }
        if mustMarkEnd {
            mustMarkEnd = false
            writer.bookmark(initialRevision, endsInitialEvents: true, hasColumns: takeColumns(), into: &out)
            return out
        }
        try writeChanges(writer, to: &out)
        if out.isEmpty { writeBookmark(writer, to: &out) }
        return out.isEmpty ? nil : out
    }

    private func writePending(_ writer: ObjectWriter, to out: inout [UInt8]) {
        while out.count < 1 << 17, let object = pending.popFirst() {
            writer.event(.added, object, hasColumns: takeColumns(), into: &out)
        }
    }

    private func writeChanges(_ writer: ObjectWriter, to out: inout [UInt8]) throws {
        while out.count < 1 << 17 {
            guard let (events, revision) = store.events(request.resource.storage, from: position, limit: 256) else {
                throw APIStatus.listExpired
            }
            if events.isEmpty {
                seen = revision
                return
            }
            position += events.count
            guard representation != .partialList else { continue }
            for event in events { write(event, writer, to: &out) }
        }
    }

    /// What leaves the selection arrives as deleted, what enters it as added.
    private func write(_ event: WatchEvent, _ writer: ObjectWriter, to out: inout [UInt8]) {
        if let namespace = request.path.namespace, event.object.key.namespace != namespace { return }
        let isIn = request.options.selects(event.object)
        var kind = event.kind
        if let previous = event.previous, kind == .modified {
            let wasIn = request.options.selects(previous)
            guard isIn || wasIn else { return }
            kind = isIn ? wasIn ? .modified : .added : .deleted
        } else if !isIn {
            return
        }
        writer.event(kind, event.object, hasColumns: takeColumns(), into: &out)
    }

    private func writeBookmark(_ writer: ObjectWriter, to out: inout [UInt8]) {
        let now = clock.now
        guard request.options.wantsBookmarks, now >= nextBookmark, !hasSentLastBookmark, seen > 0,
            representation != .partialList
        else { return }
        nextBookmark = now.addingTimeInterval(Self.bookmarkInterval)
        let last = deadline.addingTimeInterval(-2)
        hasSentLastBookmark = now >= last
        nextBookmark = min(nextBookmark, max(last, now))
        writer.bookmark(seen, endsInitialEvents: false, hasColumns: takeColumns(), into: &out)
    }

    /// The columns come with the first event only.
    private func takeColumns() -> Bool {
        defer { hasSentColumns = true }
        return !hasSentColumns
    }

    /// Wakes the stream at each moment when something is due without any change.
    private static func timer(
        _ clock: any SimulationClock, _ wakeUp: WakeUp, until deadline: Date, bookmark: Date
    ) -> Task<Void, Never> {
        Task { [weak wakeUp] in
            var next = bookmark
            while !Task.isCancelled {
                // Cancelled with its stream; there is nothing else to go wrong.
                guard (try? await clock.sleep(until: next)) != nil, let wakeUp else { return }
                wakeUp.set()
                guard next < deadline else { return }
                let last = deadline.addingTimeInterval(-2)
                let regular = next.addingTimeInterval(bookmarkInterval)
                next = next < last ? min(regular, last) : deadline
            }
        }
    }
}
