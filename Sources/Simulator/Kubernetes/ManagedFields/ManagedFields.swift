import Foundation

/// Who wrote which fields of an object: `metadata.managedFields` as a value that can be asked and changed.
///
/// The rules are those of structured-merge-diff's `merge/update.go` and of the API server's field manager.
struct ManagedFields: Sendable {
    /// One entry.
    struct Entry: Sendable, Equatable {
        var manager: String
        /// By applying, or by any other write.
        var isApplied: Bool
        var apiVersion: String
        var time: String
        var subresource: String?
        var fields: FieldSet

        init(
            manager: String, isApplied: Bool, apiVersion: String, time: String, subresource: String? = nil,
            fields: FieldSet
        ) {
            self.manager = manager
            self.isApplied = isApplied
            self.apiVersion = apiVersion
            self.time = time
            self.subresource = subresource
            self.fields = fields
        }

        init(_ json: SimJSON) {
            manager = json["manager"].stringValue ?? ""
            isApplied = json["operation"] == "Apply"
            apiVersion = json["apiVersion"].stringValue ?? ""
            time = json["time"].stringValue ?? ""
            subresource = json["subresource"].stringValue
            fields = FieldSet(json["fieldsV1"])
        }

        var json: SimJSON {
            var json: SimJSON = [
                "manager": .string(manager), "operation": isApplied ? "Apply" : "Update",
                "apiVersion": .string(apiVersion), "time": .string(time), "fieldsType": "FieldsV1",
                "fieldsV1": fields.json,
            ]
            if let subresource { json["subresource"] = .string(subresource) }
            return json
        }

        /// As a conflict names it.
        var text: String {
            var text = SimJSON.string(manager).text
            if let subresource { text += " with subresource \(SimJSON.string(subresource).text)" }
            return isApplied ? text : "\(text) using \(apiVersion)"
        }

        func isSameWriter(_ other: Entry) -> Bool {
            manager == other.manager && isApplied == other.isApplied && apiVersion == other.apiVersion
                && subresource == other.subresource
        }
    }

    var entries: [Entry]

    init(_ json: SimJSON) { entries = json.items.map(Entry.init) }

    var json: SimJSON {
        let sorted = entries.sorted { left, right in
            if left.isApplied != right.isApplied { return left.isApplied }
            return left.time == right.time ? left.manager < right.manager : left.time < right.time
        }
        return sorted.isEmpty ? .null : .array(sorted.map(\.json))
    }

    /// A write that is no apply: what it added or changed is the writer's, what it removed is nobody's.
    mutating func update(_ difference: FieldWalk.Difference, by writer: Entry) {
        let changed = Self.stripped(difference.modified.union(difference.added))
        let removed = difference.removed
        guard !changed.isEmpty || !removed.isEmpty else { return }
        for index in entries.indices where !entries[index].isSameWriter(writer) {
            entries[index].fields = entries[index].fields.subtracting(changed).subtracting(removed)
        }
        if let index = entries.firstIndex(where: { $0.isSameWriter(writer) }) {
            entries[index].fields = entries[index].fields.subtracting(removed).union(changed)
            entries[index].time = writer.time
        } else {
            var entry = writer
            entry.fields = changed
            entries.append(entry)
        }
        entries.removeAll { $0.fields.isEmpty }
    }

    /// What others own of the fields that an apply would change.
    func conflicts(_ difference: FieldWalk.Difference, with writer: Entry) -> [(owner: Entry, path: String)] {
        let changed = difference.modified.union(difference.added)
        return entries.filter { !$0.isSameWriter(writer) }.sorted { $0.text < $1.text }.flatMap { entry in
            entry.fields.intersection(changed).paths.map { (entry, $0) }
        }
    }

    /// An apply that goes through: its fields are the writer's, what it changed is no one else's.
    mutating func apply(_ difference: FieldWalk.Difference, by writer: Entry) {
        let changed = difference.modified.union(difference.added)
        for index in entries.indices where !entries[index].isSameWriter(writer) {
            entries[index].fields = entries[index].fields.subtracting(changed).subtracting(difference.removed)
        }
        if let index = entries.firstIndex(where: { $0.isSameWriter(writer) }) {
            if entries[index].fields != writer.fields { entries[index] = writer }
        } else {
            entries.append(writer)
        }
        entries.removeAll { $0.fields.isEmpty }
    }

    /// Everything that anybody owns.
    var all: FieldSet { entries.reduce(FieldSet()) { $0.union($1.fields) } }

    /// The fields without those that belong to the server alone.
    static func stripped(_ fields: FieldSet) -> FieldSet {
        var fields = fields.without(["f:kind"]).without(["f:apiVersion"])
        for name in [
            "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields",
            "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds",
        ] {
            fields = fields.without(["f:metadata", "f:\(name)"])
        }
        fields.children["f:metadata"]?.isMember = false
        if fields.children["f:metadata"]?.isEmpty == true { fields.children["f:metadata"] = nil }
        fields.isMember = false
        return fields
    }
}
