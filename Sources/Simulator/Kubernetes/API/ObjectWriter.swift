import Foundation

/// Writes objects of one resource in the form a client asked for, using what was encoded before.
struct ObjectWriter: Sendable {
    let resource: APIResource
    let printer: TablePrinter
    let representation: Representation
    let now: Date
    /// Who wrote what of objects in which nobody noted it; nil: not told.
    var owners: OwnerText?

    /// The whole object with its kind and version in front.
    func whole(_ object: StoredObject) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(4096)
        write(kinded(object.json), of: object, to: &out)
        return out
    }

    /// The object as JSON with its kind and version, in the version asked for.
    func kinded(_ json: SimJSON) -> SimJSON {
        let json =
            switch (resource.group, resource.version) {
            case ("events.k8s.io", _): EventConversion.toNew(json)
            case ("autoscaling", "v1"): AutoscalerConversion.toFirst(json)
            default: json
            }
        var members: [(String, SimJSON)] = [
            ("kind", .string(resource.kind)), ("apiVersion", .string(resource.groupVersion)),
        ]
        members += json.members.map { ($0.key, $0.value) }
        return .object(SimObject(members))
    }

    /// `PartialObjectMetadata`.
    func partial(_ object: StoredObject) -> [UInt8] {
        var out: [UInt8] = []
        appendPartial(object, to: &out)
        return out
    }

    private func appendPartial(_ object: StoredObject, to out: inout [UInt8]) {
        let bytes = object.bytes(.metadata) {
            var metadata = object.json["metadata"]
            metadata["managedFields"] = .null
            return Self.partial(metadata: metadata)
        }
        out.append(contentsOf: bytes.dropLast(2))
        appendNotedOwners(object, to: &out)
        out.append(literal: "}}")
    }

    /// Whole objects tell of all their owners. In rows and metadata only what is noted is told: the rest would make a
    /// list of ten thousand pods three times as long.
    private func appendOwners(_ object: StoredObject, to out: inout [UInt8]) {
        if let owners { return owners.append(object, resource, to: &out) }
        appendNotedOwners(object, to: &out)
    }

    private func appendNotedOwners(_ object: StoredObject, to out: inout [UInt8]) {
        let noted = object.json["metadata"]["managedFields"]
        guard !noted.isNull else { return }
        out.append(literal: #","managedFields":"#)
        noted.write(to: &out)
    }

    private static func partial(metadata: SimJSON) -> [UInt8] {
        var out = Array(#"{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":"#.utf8)
        metadata.write(to: &out)
        out.append(UInt8(ascii: "}"))
        return out
    }

    /// One row of a table.
    func row(_ object: StoredObject, include: Representation.Include, into out: inout [UInt8]) {
        out.append(literal: #"{"cells":"#)
        SimJSON.array(printer.cells(object.json, now)).write(to: &out)
        let conditions = printer.conditions(object.json)
        if !conditions.isNull {
            out.append(literal: #","conditions":"#)
            conditions.write(to: &out)
        }
        out.append(literal: #","object":"#)
        switch include {
        case .none: out.append(literal: "null")
        case .metadata: appendPartial(object, to: &out)
        case .object: write(kinded(object.json), of: object, to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }

    /// A list of objects with the list's own metadata.
    func list(_ objects: [StoredObject], metadata: SimJSON) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(objects.count * 2048 + 4096)
        writeListHead(metadata, isEmpty: objects.isEmpty, to: &out)
        for (index, object) in objects.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            switch representation {
            case .object: writeItem(object, to: &out)
            case .partial, .partialList: appendPartial(object, to: &out)
            case .table(let include): row(object, include: include, into: &out)
            }
        }
        out.append(literal: "]}\n")
        return out
    }

    /// One object in the form asked for.
    func single(_ object: StoredObject) -> [UInt8] {
        switch representation {
        case .object: return whole(object) + [0x0a]
        case .partial, .partialList: return partial(object) + [0x0a]
        case .table(let include):
            var out: [UInt8] = []
            writeTableHead(version: "\(object.revision)", hasColumns: true, to: &out)
            row(object, include: include, into: &out)
            out.append(literal: "]}\n")
            return out
        }
    }

    private func writeListHead(_ metadata: SimJSON, isEmpty: Bool, to out: inout [UInt8]) {
        switch representation {
        case .object:
            out.append(
                literal: #"{"kind":"\#(resource.kind)List","apiVersion":"\#(resource.groupVersion)","metadata":"#)
            metadata.write(to: &out)
            out.append(literal: #","items":["#)
        case .partial, .partialList:
            out.append(literal: #"{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":"#)
            metadata.write(to: &out)
            out.append(literal: #","items":["#)
        case .table:
            out.append(literal: #"{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":"#)
            metadata.write(to: &out)
            out.append(literal: #","columnDefinitions":"#)
            SimJSON.array(printer.columns.map(\.json)).write(to: &out)
            out.append(literal: #","rows":["#)
        }
    }

    private func writeTableHead(version: String, hasColumns: Bool, to out: inout [UInt8]) {
        out.append(
            literal: #"{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"\#(version)"},"#)
        out.append(literal: #""columnDefinitions":"#)
        if hasColumns {
            SimJSON.array(printer.columns.map(\.json)).write(to: &out)
        } else {
            out.append(literal: "null")
        }
        out.append(literal: #","rows":["#)
    }

    /// Items of built-in kinds stand in lists without kind and version, those of custom resources with them.
    private func writeItem(_ object: StoredObject, to out: inout [UInt8]) {
        let isCustom = resource.verbs == APIResource.customVerbs
        let isConverted = resource.group == "events.k8s.io" || resource.groupVersion == "autoscaling/v1"
        guard !isCustom, !isConverted else { return write(kinded(object.json), of: object, to: &out) }
        write(object.json, of: object, to: &out)
    }

    /// Writes an object with the owners of its fields at the end of its metadata.
    private func write(_ json: SimJSON, of object: StoredObject, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for (index, member) in json.members.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out.append(quoted: member.key)
            out.append(UInt8(ascii: ":"))
            guard member.key == "metadata" else {
                member.value.write(to: &out)
                continue
            }
            var metadata = member.value
            metadata["managedFields"] = .null
            metadata.write(to: &out)
            out.removeLast()
            appendOwners(object, to: &out)
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "}"))
    }
}

extension ObjectWriter {
    /// A line of a watch. What follows the type is encoded once for everybody who watches in the same form.
    ///
    /// - Parameter hasColumns: whether the table's columns come with this event, as they do with the first.
    func event(_ kind: WatchEvent.Kind, _ object: StoredObject, hasColumns: Bool, into out: inout [UInt8]) {
        out.append(literal: #"{"type":"\#(kind.rawValue)","object":"#)
        switch representation {
        case .table(let include):
            writeTableHead(version: "\(object.revision)", hasColumns: hasColumns, to: &out)
            out.append(
                contentsOf: object.bytes(.event(representation, version: resource.groupVersion)) {
                    var row: [UInt8] = []
                    self.row(object, include: include, into: &row)
                    return row
                })
            out.append(literal: "]}")
        case .object:
            out.append(
                contentsOf: object.bytes(.event(representation, version: resource.groupVersion)) { whole(object) })
        case .partial, .partialList: out.append(contentsOf: partial(object))
        }
        out.append(literal: "}\n")
    }

    /// A bookmark in the odd forms that a real server gives it: in a table a row of an object that is none.
    func bookmark(_ revision: Int, endsInitialEvents: Bool, hasColumns: Bool, into out: inout [UInt8]) {
        var metadata: SimJSON = ["resourceVersion": .string("\(revision)")]
        if endsInitialEvents { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        var empty: SimJSON = ["metadata": metadata]
        out.append(literal: #"{"type":"BOOKMARK","object":"#)
        switch representation {
        case .object:
            if resource.kind == "Pod" {
                empty = ["metadata": metadata, "spec": ["containers": .null], "status": .emptyObject]
            }
            kinded(empty).write(to: &out)
        case .partial, .partialList: out.append(contentsOf: Self.partial(metadata: metadata))
        case .table(let include):
            writeTableHead(version: "\(revision)", hasColumns: hasColumns, to: &out)
            out.append(literal: #"{"cells":"#)
            let blank = printer.cells(empty, now).map { $0.isNull ? SimJSON.string("") : $0 }
            SimJSON.array(blank).write(to: &out)
            out.append(literal: #","object":"#)
            switch include {
            case .none: out.append(literal: "null")
            case .metadata: out.append(contentsOf: Self.partial(metadata: metadata))
            case .object: kinded(empty).write(to: &out)
            }
            out.append(literal: "}]}")
        }
        out.append(literal: "}\n")
    }
}
