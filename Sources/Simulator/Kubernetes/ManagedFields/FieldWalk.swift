/// Goes through objects along their schema, to find which fields they have and in which they differ.
///
/// The rules are those of Kubernetes' structured-merge-diff, `typed/tofieldset.go`, `compare.go` and `merge.go`.
struct FieldWalk: Sendable {
    /// What differs between two objects.
    struct Difference: Sendable, Equatable {
        var added = FieldSet()
        var modified = FieldSet()
        var removed = FieldSet()
    }

    let schema: FieldSchema
    let root: FieldSchema.Shape

    /// A resource whose fields nobody told of has maps that merge and lists that do not.
    init(_ resource: APIResource) {
        schema = .builtIn
        root = FieldSchema.name(of: resource).map { .structure($0) } ?? .structure("")
    }

    /// The fields an applied configuration names.
    func fields(_ json: SimJSON) -> FieldSet {
        var set = FieldSet()
        mark(json, root, isAtomic: false, &set)
        return set
    }

    func difference(_ before: SimJSON, _ after: SimJSON) -> Difference {
        var difference = Difference()
        compare(before, after, root, isAtomic: false, &difference)
        return difference
    }

    /// The live object with a configuration laid over it.
    func merged(_ config: SimJSON, into live: SimJSON) -> SimJSON { merge(config, into: live, root, isAtomic: false) }

    /// The object without the fields of a set; of these, what lies above a kept one stays.
    func removing(_ set: FieldSet, keeping kept: FieldSet, from json: SimJSON) -> SimJSON {
        remove(set, kept, from: json, root) ?? .emptyObject
    }

    /// What Go's empty object of the kind has in it, so that a new object's fields are told as a real server tells them.
    func skeleton() -> SimJSON {
        guard case .structure(let name) = root else { return .emptyObject }
        return skeleton(name)
    }

    private func skeleton(_ name: String) -> SimJSON {
        var json = SimJSON.emptyObject
        for field in schema.structures[name]?.fields ?? [] {
            switch field.shape {
            case .structure(let inner) where field.isInline:
                for member in skeleton(inner).members { json[member.key] = member.value }
            case .structure(let inner) where !field.keepsZero: json[field.name] = skeleton(inner)
            case .list where field.isAlways: json[field.name] = []
            case .map where field.isAlways: json[field.name] = .emptyObject
            default: break
            }
        }
        return json
    }

    // What a value consists of, each part with the element that leads to it.
    private enum Parts {
        case leaf
        case parts([(element: String, value: SimJSON, shape: FieldSchema.Shape, isAtomic: Bool, isNamed: Bool)])
    }

    private func parts(_ json: SimJSON, _ shape: FieldSchema.Shape, isAtomic: Bool) -> Parts {
        guard !isAtomic else { return .leaf }
        switch (shape, json) {
        case (.structure(let name), .object(let object)):
            if schema.structures[name]?.isAtomic == true { return .leaf }
            return .parts(
                object.members.map { member in
                    let field = field(member.key, name)
                    return (
                        "f:\(member.key)", member.value, field?.shape ?? .anything, field?.isAtomic ?? false,
                        field != nil
                    )
                })
        case (.map(let item), .object(let object)):
            return .parts(object.members.map { ("f:\($0.key)", $0.value, item, false, false) })
        case (.anything, .object(let object)):
            return .parts(object.members.map { ("f:\($0.key)", $0.value, .anything, false, false) })
        case (.list(let item, let listing), .array(let items)) where listing != .atomic:
            return .parts(items.map { (Self.element($0, listing), $0, item, false, false) })
        default: return .leaf
        }
    }

    /// Objects of kinds without a schema have metadata all the same.
    private func field(_ name: String, _ structure: String) -> FieldSchema.Field? {
        if structure.isEmpty, name == "metadata" {
            return FieldSchema.Field(name: name, number: 0, shape: .structure("ObjectMeta"))
        }
        return schema.field(name, of: structure)
    }

    /// What names an item of a list; a port without a protocol is TCP's.
    static func element(_ item: SimJSON, _ listing: FieldSchema.Listing) -> String {
        guard case .keyed(let keys) = listing else { return "v:\(item.text)" }
        let pairs = keys.sorted().compactMap { key -> (String, SimJSON)? in
            let value = item[key].isNull && key == "protocol" ? "TCP" : item[key]
            return value.isNull ? nil : (key, value)
        }
        return "k:\(SimJSON.object(SimObject(pairs)).text)"
    }

    private func mark(_ json: SimJSON, _ shape: FieldSchema.Shape, isAtomic: Bool, _ set: inout FieldSet) {
        guard case .parts(let parts) = parts(json, shape, isAtomic: isAtomic) else {
            set.isMember = true
            return
        }
        for part in parts {
            var child = set.children[part.element] ?? FieldSet()
            mark(part.value, part.shape, isAtomic: part.isAtomic, &child)
            if part.value.isNull || part.value.isEmptyObject || !part.isNamed { child.isMember = true }
            set.children[part.element] = child
        }
    }

    private func compare(
        _ before: SimJSON?, _ after: SimJSON?, _ shape: FieldSchema.Shape, isAtomic: Bool,
        _ difference: inout Difference
    ) {
        if let before, let after, before == after { return }
        let old = before.map { parts($0, shape, isAtomic: isAtomic) }
        let new = after.map { parts($0, shape, isAtomic: isAtomic) }
        if before == nil { difference.added.isMember = true }
        if after == nil { difference.removed.isMember = true }
        switch (old, new) {
        case (.parts(let left)?, .parts(let right)?): compare(left, right, &difference)
        case (.parts(let left)?, nil): compare(left, [], &difference)
        case (nil, .parts(let right)?): compare([], right, &difference)
        case (nil, _), (_, nil): break
        default: difference.modified.isMember = true
        }
    }

    private typealias Part = (
        element: String, value: SimJSON, shape: FieldSchema.Shape, isAtomic: Bool, isNamed: Bool
    )

    private func compare(_ left: [Part], _ right: [Part], _ difference: inout Difference) {
        let old = Dictionary(left.map { ($0.element, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(right.map { ($0.element, $0) }, uniquingKeysWith: { first, _ in first })
        for element in Set(old.keys).union(new.keys) {
            guard let part = new[element] ?? old[element] else { continue }
            var child = Difference()
            compare(old[element]?.value, new[element]?.value, part.shape, isAtomic: part.isAtomic, &child)
            if !child.added.isEmpty { difference.added.children[element] = child.added }
            if !child.modified.isEmpty { difference.modified.children[element] = child.modified }
            if !child.removed.isEmpty { difference.removed.children[element] = child.removed }
        }
    }

    private func merge(_ config: SimJSON, into live: SimJSON, _ shape: FieldSchema.Shape, isAtomic: Bool) -> SimJSON {
        guard case .parts(let changes) = parts(config, shape, isAtomic: isAtomic),
            case .parts(let present) = parts(live, shape, isAtomic: isAtomic)
        else { return config }
        if case .list = shape {
            var items = present.map { ($0.element, $0.value) }
            for change in changes {
                if let index = items.firstIndex(where: { $0.0 == change.element }) {
                    items[index].1 = merge(change.value, into: items[index].1, change.shape, isAtomic: false)
                } else {
                    items.append((change.element, change.value))
                }
            }
            return .array(items.map(\.1))
        }
        var result = live
        for change in changes {
            let key = String(change.element.dropFirst(2))
            let before = live[key]
            result[key] =
                before.isNull
                ? change.value : merge(change.value, into: before, change.shape, isAtomic: change.isAtomic)
        }
        return result
    }

    private func remove(
        _ set: FieldSet, _ kept: FieldSet, from json: SimJSON, _ shape: FieldSchema.Shape
    ) -> SimJSON? {
        guard case .parts(let parts) = parts(json, shape, isAtomic: false) else { return json }
        var left: [(String, SimJSON)] = []
        for part in parts {
            let keptBelow = kept.children[part.element] ?? FieldSet()
            guard let gone = set.children[part.element] else {
                left.append((part.element, part.value))
                continue
            }
            if gone.isMember, keptBelow.isEmpty { continue }
            guard !part.isAtomic else {
                left.append((part.element, part.value))
                continue
            }
            let inner = remove(gone, keptBelow, from: part.value, part.shape) ?? part.value
            // A map that nothing is left in goes with its last member.
            if inner.isEmptyObject, !part.value.isEmptyObject { continue }
            if inner == .array([]), part.value != .array([]) { continue }
            left.append((part.element, inner))
        }
        if case .array = json { return .array(left.map(\.1)) }
        return .object(SimObject(left.map { (String($0.0.dropFirst(2)), $0.1) }))
    }
}
