import Backends
import Foundation
import Model
import Synchronization

/// Owns the forwarded ports, open and saved. Orders come from any thread and return at once.
public final class ForwardDesk: Sendable {
    fileprivate struct Kept {
        var id: SessionID
        var session: ForwardSession?
        var saved: SavedForwards.Entry?
        var since: Timestamp
    }

    private let inbox: Inbox
    private let pacer: any Pacer
    private let numbers: SessionNumbers
    private let saved: SavedForwards
    private let kept: Mutex<[Kept]>
    private let leaving = Mutex<[ForwardSession]>([])
    private let changes: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)
    private let poster = Mutex<Task<Void, Never>?>(nil)

    /// Seconds between two posts: counters move with every byte.
    private static let interval = 0.25

    init(inbox: Inbox, pacer: any Pacer, numbers: SessionNumbers, folder: URL?, environments: EnvironmentSet) {
        self.inbox = inbox
        self.pacer = pacer
        self.numbers = numbers
        saved = SavedForwards(folder: folder)
        kept = Mutex(
            saved.all.filter { environments[EnvironmentID($0.environment)] != nil }.map {
                Kept(id: numbers.next(), session: nil, saved: $0, since: pacer.now)
            })
        changes = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        if !kept.withLock({ $0.isEmpty }) { post() }
    }

    deinit {
        stop()
        poster.withLock { $0 }?.cancel()
    }

    /// All of them, open and saved.
    public var infos: [ForwardInfo] { kept.withLock { $0.map(\.info) } }

    /// What opens one that is saved, through the desk like any other; nil when there is none of that name.
    public func action(named name: String, in environment: EnvironmentID) -> Action? {
        saved.all.first { $0.name == name && $0.environment == environment.name }.map { entry in
            let ports = entry.ports.map { ForwardOptions.Port(local: $0.local, remote: $0.remote) }
            return Action(.forward(ForwardOptions(ports: ports, name: name)), on: [entry.target], in: environment)
        }
    }

    /// Closes one; a saved one stays in the list.
    public func stop(_ id: SessionID) {
        let session = kept.withLock { kept -> ForwardSession? in
            guard let index = kept.firstIndex(where: { $0.id == id }) else { return nil }
            defer { if kept[index].saved == nil { kept.remove(at: index) } else { kept[index].session = nil } }
            return kept[index].session
        }
        end(session)
        post()
    }

    /// Keeps one under a name, or forgets it (""). Throws when the file cannot be written.
    public func save(_ id: SessionID, name: String) throws {
        guard let one = kept.withLock({ $0.first { $0.id == id } }) else { return }
        let environment = one.info.target.environment
        if let old = one.saved { try saved.set(old.name, in: environment, to: nil) }
        let entry = name.isEmpty ? nil : one.entry(named: name)
        if let entry { try saved.set(name, in: environment, to: entry) }
        one.session?.rename(name)
        kept.withLock { kept in
            if entry != nil {
                kept.removeAll {
                    $0.id != id && $0.saved?.name == name && $0.session == nil
                        && $0.info.target.environment == environment
                }
            }
            guard let index = kept.firstIndex(where: { $0.id == id }) else { return }
            kept[index].saved = entry
            if entry == nil, kept[index].session == nil { kept.remove(at: index) }
        }
        post()
    }

    func stop() { for one in kept.withLock({ $0 }) { end(one.session) } }

    func untilClearedUp() async { for session in leaving.withLock({ $0 }) { await session.untilClearedUp() } }

    private func end(_ session: ForwardSession?) {
        guard let session else { return }
        session.stop()
        leaving.withLock { $0.append(session) }
    }
}

/// Opening.
extension ForwardDesk {
    func prepare(_ request: SessionRequest, _ options: ForwardOptions, _ environment: Environment) async throws
        -> SessionPlan
    {
        let target = ForwardTarget(object: request.object, ports: options.ports, client: try environment.kubernetes())
        let place = try await checked(target, options)
        let lines = zip(options.ports, place.ports).map { wish, number in
            let local = wish.local == 0 ? "a free port" : "port \(wish.local)"
            return ObjectDocument.Fact(local, "\(place.pod):\(number)")
        }
        return SessionPlan(facts: lines, warnings: try warnings(options, request.object.environment))
    }

    func open(
        _ request: SessionRequest, _ options: ForwardOptions, _ environment: Environment, _ opening: SessionPermission
    ) async throws -> SessionOutcome {
        let target = ForwardTarget(
            object: request.object, ports: options.ports, client: try environment.openKubernetes(opening.permit))
        let place = try await checked(target, options)
        let listeners = try options.ports.map { try LoopbackListener(port: $0.local) }
        let entry = options.name.isEmpty ? nil : SavedForwards.Entry(options, request.object)
        if let entry { try saved.set(options.name, in: request.environment, to: entry) }
        let id = id(of: entry) ?? numbers.next()
        let session = ForwardSession(
            ForwardInfo(
                id: id, name: options.name, target: request.object,
                ports: options.ports.map { .init(local: $0.local, remote: $0.remote) }, since: pacer.now),
            target, place, listeners, pacer: pacer, changed: { [weak self] in self?.post() }, ended: opening.ended)
        kept.withLock { kept in
            kept.removeAll { $0.id == id }
            kept.append(Kept(id: id, session: session, saved: entry, since: pacer.now))
        }
        session.start()
        post()
        let ports = session.info.ports.map { "127.0.0.1:\($0.local) → \($0.remote)" }.joined(separator: ", ")
        return SessionOutcome(session: id, words: "\(ports) of \(place.pod)")
    }

    /// The saved one that it takes the place of.
    private func id(of entry: SavedForwards.Entry?) -> SessionID? {
        guard let entry else { return nil }
        return kept.withLock { kept in
            kept.first {
                $0.session == nil && $0.saved?.name == entry.name && $0.saved?.environment == entry.environment
            }?.id
        }
    }

    private func checked(_ target: ForwardTarget, _ options: ForwardOptions) async throws -> ForwardTarget.Place {
        guard !options.ports.isEmpty else { throw ActionRefusal(.invalid, "no port is named") }
        for port in options.ports where !(0...65535).contains(port.local) {
            throw ActionRefusal(.invalid, "\(port.local) is no port")
        }
        let given = options.ports.map(\.local).filter { $0 != 0 }
        if Set(given).count < given.count { throw ActionRefusal(.invalid, "the same local port is named twice") }
        guard let place = try await target.place() else {
            throw ActionRefusal(.invalid, "no pod of \(target.object.shortName) is ready", hint: "look at its pods")
        }
        return place
    }

    private func warnings(_ options: ForwardOptions, _ environment: EnvironmentID) throws -> [String] {
        guard !options.name.isEmpty,
            infos.contains(where: { info in
                info.name == options.name && info.target.environment == environment && info.state != .closed
            })
        else { return [] }
        throw ActionRefusal(.invalid, "a forward named \(options.name) is open already")
    }
}

/// Telling.
extension ForwardDesk {
    /// Soon, and not for every byte.
    private func post() {
        changes.continuation.yield()
        poster.withLock { poster in
            guard poster == nil else { return }
            poster = Task { [weak self, stream = changes.stream, pacer] in
                for await _ in stream {
                    self?.tell()
                    guard (try? await pacer.sleep(Self.interval)) != nil else { return }  // the desk is gone
                }
            }
        }
    }

    private func tell() {
        inbox.post(FeedUpdate(.forwards, status: FeedStatus(.live), change: .forwards(infos)))
    }
}

extension ForwardDesk.Kept {
    fileprivate var info: ForwardInfo {
        if let session { return session.info }
        let entry = saved!
        return ForwardInfo(
            id: id, name: entry.name, target: entry.target,
            ports: entry.ports.map { .init(local: $0.local, remote: $0.remote) }, state: .closed, since: since)
    }

    fileprivate func entry(named name: String) -> SavedForwards.Entry {
        let info = info
        return SavedForwards.Entry(
            name: name, target: info.target, ports: info.ports.map { .init(local: $0.local, remote: $0.remote) })
    }
}

extension SavedForwards.Entry {
    fileprivate init(_ options: ForwardOptions, _ target: ObjectReference) {
        self.init(
            name: options.name, target: target, ports: options.ports.map { .init(local: $0.local, remote: $0.remote) })
    }
}
