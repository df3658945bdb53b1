/// The objects of one resource and its latest changes: one shelf of the store, guarded by the store's lock.
struct ResourceShelf {
    /// How many changes are remembered for watches and for pages of an older list.
    static let capacity = 16_384
    /// How many of the latest changes keep their encoded bytes.
    static let encodedCapacity = 2_048

    private var namespaces: [String: Namespace] = [:]
    private(set) var count = 0
    /// The latest changes; `firstIndex` is the number of the first of them since the beginning of time.
    private var events: [WatchEvent] = []
    private var head = 0
    private var firstIndex = 0
    /// Revisions up to this one are forgotten.
    private(set) var compacted = 0

    private struct Namespace {
        var objects: [String: StoredObject] = [:]
        var sortedNames: [String]?
    }

    subscript(key: ObjectKey) -> StoredObject? { namespaces[key.namespace]?.objects[key.name] }

    /// Puts a version in place and remembers the change.
    mutating func put(_ object: StoredObject) {
        let key = object.key
        let previous = namespaces[key.namespace, default: Namespace()].objects.updateValue(object, forKey: key.name)
        if previous == nil {
            count += 1
            namespaces[key.namespace]?.sortedNames = nil
        }
        append(WatchEvent(kind: previous == nil ? .added : .modified, object: object, previous: previous))
    }

    /// Takes an object away; `last` is its state with the revision of the deletion.
    mutating func remove(_ last: StoredObject) {
        guard let previous = namespaces[last.key.namespace]?.objects.removeValue(forKey: last.key.name) else { return }
        count -= 1
        namespaces[last.key.namespace]?.sortedNames = nil
        append(WatchEvent(kind: .deleted, object: last, previous: previous))
    }

    /// The objects in the order of namespace and name; of one namespace or of all (nil).
    mutating func list(namespace: String?) -> [StoredObject] {
        let names = namespace.map { [$0] } ?? namespaces.keys.sorted()
        var all: [StoredObject] = []
        all.reserveCapacity(namespace == nil ? count : 0)
        for name in names {
            guard var content = namespaces[name] else { continue }
            let sorted = content.sortedNames ?? content.objects.keys.sorted()
            if content.sortedNames == nil {
                content.sortedNames = sorted
                namespaces[name] = content
            }
            for key in sorted { if let object = content.objects[key] { all.append(object) } }
        }
        return all
    }

    /// The objects as they were at an older revision, or nil where that is forgotten.
    mutating func list(namespace: String?, at revision: Int) -> [StoredObject]? {
        guard revision >= compacted else { return nil }
        var earlier: [ObjectKey: StoredObject?] = [:]
        for event in events[head...].reversed() {
            guard event.object.revision > revision else { break }
            earlier[event.object.key] = .some(event.previous)
        }
        if let namespace { earlier = earlier.filter { $0.key.namespace == namespace } }
        guard !earlier.isEmpty else { return list(namespace: namespace) }
        let kept = list(namespace: namespace).filter { earlier[$0.key] == nil }
        return (kept + earlier.values.compactMap { $0 }).sorted { $0.key < $1.key }
    }

    /// The number of the next change.
    var endIndex: Int { firstIndex + events.count - head }

    /// The number of the first change after a revision, or nil where that is forgotten.
    func index(after revision: Int) -> Int? {
        guard revision >= compacted else { return nil }
        var (low, high) = (head, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].object.revision > revision { high = middle } else { low = middle + 1 }
        }
        return firstIndex + low - head
    }

    /// The changes from a number on, at most `limit`, or nil where some are forgotten.
    func events(from index: Int, limit: Int) -> ArraySlice<WatchEvent>? {
        guard index >= firstIndex else { return nil }
        let start = head + index - firstIndex
        return events[min(start, events.count)..<min(start + limit, events.count)]
    }

    /// Forgets every change up to now, as etcd's compaction does.
    mutating func compact(at revision: Int) {
        firstIndex = endIndex
        events.removeAll()
        head = 0
        compacted = revision
    }

    private mutating func append(_ event: WatchEvent) {
        events.append(event)
        let coldest = events.count - Self.encodedCapacity
        if coldest > head { events[coldest - 1].object.forgetBytes() }
        guard events.count - head > Self.capacity else { return }
        compacted = events[head].object.revision
        head += 1
        firstIndex += 1
        guard head >= Self.capacity else { return }
        events.removeFirst(head)
        head = 0
    }
}
