import Foundation
import Synchronization

/// What etcd and the API server's storage are to a real cluster: every object by resource, one counter of revisions,
/// and the latest changes for watches. Anybody may call it from anywhere; nothing in it waits.
///
/// Resources are named as kubectl names them: `pods`, `deployments.apps`.
final class ClusterStore: Sendable {
    private struct State {
        var shelves: [String: ResourceShelf] = [:]
        var revision = 1
        var watchers: [String: [ObjectIdentifier: Watcher]] = [:]
        var identifiers: SeededGenerator
        var observers: [@Sendable (String, ObjectKey) -> Void] = []
    }

    private struct Watcher {
        weak var wakeUp: WakeUp?
    }

    private let state: Mutex<State>

    init(seed: UInt64 = 1) { state = Mutex(State(identifiers: SeededGenerator(seed: seed))) }

    /// The revision of the latest change.
    var revision: Int { state.withLock { $0.revision } }

    func get(_ resource: String, _ key: ObjectKey) -> StoredObject? {
        state.withLock { $0.shelves[resource]?[key] }
    }

    func get(_ resource: String, _ namespace: String, _ name: String) -> StoredObject? {
        get(resource, ObjectKey(namespace, name))
    }

    func count(_ resource: String) -> Int { state.withLock { $0.shelves[resource]?.count ?? 0 } }

    /// The objects in order and the revision they are of; at an older revision when one is given.
    func list(
        _ resource: String, namespace: String? = nil, at revision: Int? = nil
    ) throws(StoreError) -> (objects: [StoredObject], revision: Int) {
        let answer = state.withLock { state -> ([StoredObject]?, Int) in
            guard let revision, revision < state.revision else {
                return (state.shelves[resource]?.list(namespace: namespace) ?? [], state.revision)
            }
            guard state.shelves[resource] != nil else { return ([], revision) }
            return (state.shelves[resource]?.list(namespace: namespace, at: revision), revision)
        }
        guard let objects = answer.0 else { throw .expired }
        return (objects, answer.1)
    }

    /// The objects in order, as they are now.
    func all(_ resource: String, namespace: String? = nil) -> [StoredObject] {
        state.withLock { $0.shelves[resource]?.list(namespace: namespace) ?? [] }
    }

    /// Adds an object; the store gives it its uid (unless it has one that is not empty) and its resource version.
    @discardableResult
    func create(_ resource: String, _ json: SimJSON) throws(StoreError) -> StoredObject {
        let key = ObjectKey(json)
        let made: StoredObject? = state.withLock { state in
            guard state.shelves[resource]?[key] == nil else { return nil }
            var json = json
            if (json["metadata"]["uid"].stringValue ?? "").isEmpty {
                json["metadata"]["uid"] = .string(state.identifiers.uuid())
            }
            return Self.put(json, key, in: resource, &state)
        }
        guard let made else { throw .alreadyExists }
        tell(resource, key)
        return made
    }

    /// Changes an object. `change` gets the present state and gives the new one, or nil to leave all as it is; it runs
    /// under the store's lock and must not call the store. A new state equal to the old one changes nothing.
    @discardableResult
    func update(
        _ resource: String, _ key: ObjectKey, _ change: (SimJSON) -> SimJSON?
    ) throws(StoreError) -> StoredObject {
        let outcome: (StoredObject, Bool)? = state.withLock { state in
            guard let present = state.shelves[resource]?[key] else { return nil }
            guard let json = change(present.json), json != present.json else { return (present, false) }
            return (Self.put(json, key, in: resource, &state), true)
        }
        guard let (object, isChanged) = outcome else { throw .notFound }
        if isChanged { tell(resource, key) }
        return object
    }

    /// Puts a new state in place of the one of that revision; any other present revision is a conflict.
    @discardableResult
    func replace(
        _ resource: String, _ key: ObjectKey, _ json: SimJSON, at revision: Int
    ) throws(StoreError) -> StoredObject {
        enum Outcome { case missing, changed, same(StoredObject), done(StoredObject) }
        let outcome = state.withLock { state -> Outcome in
            guard let present = state.shelves[resource]?[key] else { return .missing }
            guard present.revision == revision else { return .changed }
            guard json != present.json else { return .same(present) }
            return .done(Self.put(json, key, in: resource, &state))
        }
        switch outcome {
        case .missing: throw .notFound
        case .changed: throw .conflict
        case .same(let object): return object
        case .done(let object):
            tell(resource, key)
            return object
        }
    }

    /// The letters that make a generated name unique.
    func nameSuffix() -> String { state.withLock { $0.identifiers.nameSuffix() } }

    /// A uid for an object that is not stored, as a dry run answers it.
    func newUID() -> String { state.withLock { $0.identifiers.uuid() } }

    /// Takes an object away at once, whatever its finalizers say; `change` gives its last state.
    @discardableResult
    func remove(
        _ resource: String, _ key: ObjectKey, _ change: (SimJSON) -> SimJSON = { $0 }
    ) throws(StoreError) -> StoredObject {
        let removed: StoredObject? = state.withLock { state in
            guard let present = state.shelves[resource]?[key] else { return nil }
            state.revision += 1
            var json = change(present.json)
            json["metadata"]["resourceVersion"] = .string("\(state.revision)")
            let last = StoredObject(key: key, revision: state.revision, json: json)
            state.shelves[resource]?.remove(last)
            return last
        }
        guard let removed else { throw .notFound }
        tell(resource, key)
        return removed
    }

    /// Forgets all past changes, so that older resource versions are gone.
    func compact() {
        let wakeUps = state.withLock { state in
            for resource in state.shelves.keys { state.shelves[resource]?.compact(at: state.revision) }
            return state.watchers.values.flatMap { $0.values.compactMap(\.wakeUp) }
        }
        for wakeUp in wakeUps { wakeUp.set() }
    }

    /// Calls `observer` after every change with the resource and the key; for the controllers.
    func observe(_ observer: @escaping @Sendable (String, ObjectKey) -> Void) {
        state.withLock { $0.observers.append(observer) }
    }

    private static func put(
        _ json: SimJSON, _ key: ObjectKey, in resource: String, _ state: inout State
    ) -> StoredObject {
        state.revision += 1
        var json = json
        json["metadata"]["resourceVersion"] = .string("\(state.revision)")
        let object = StoredObject(key: key, revision: state.revision, json: json)
        state.shelves[resource, default: ResourceShelf()].put(object)
        return object
    }

    private func tell(_ resource: String, _ key: ObjectKey) {
        let (wakeUps, observers) = state.withLock { state in
            (state.watchers[resource]?.values.compactMap(\.wakeUp) ?? [], state.observers)
        }
        for wakeUp in wakeUps { wakeUp.set() }
        for observer in observers { observer(resource, key) }
    }
}

extension ClusterStore {
    /// The number of the first change after a revision; nil where that is forgotten.
    func position(_ resource: String, after revision: Int) -> Int? {
        state.withLock { state in
            guard let shelf = state.shelves[resource] else { return 0 }
            return shelf.index(after: revision)
        }
    }

    /// What there is now, and the number of the change that comes next.
    func listForWatch(_ resource: String, namespace: String?) -> (objects: [StoredObject], revision: Int, next: Int) {
        state.withLock { state in
            let objects = state.shelves[resource]?.list(namespace: namespace) ?? []
            return (objects, state.revision, state.shelves[resource]?.endIndex ?? 0)
        }
    }

    /// The changes from a number on and the store's revision at that moment; nil where some are forgotten.
    func events(_ resource: String, from index: Int, limit: Int) -> (events: ArraySlice<WatchEvent>, revision: Int)? {
        state.withLock { state in
            guard let shelf = state.shelves[resource] else { return ([], state.revision) }
            return shelf.events(from: index, limit: limit).map { ($0, state.revision) }
        }
    }

    /// From now on every change of the resource sets `wakeUp`, for as long as somebody else holds it.
    func watch(_ resource: String, _ wakeUp: WakeUp) {
        state.withLock { state in
            if state.watchers[resource]?.isEmpty == false {
                state.watchers[resource] = state.watchers[resource]?.filter { $0.value.wakeUp != nil }
            }
            state.watchers[resource, default: [:]][ObjectIdentifier(wakeUp)] = Watcher(wakeUp: wakeUp)
        }
    }
}
