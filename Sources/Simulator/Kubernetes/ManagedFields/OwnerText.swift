import Foundation
import Synchronization

/// The bytes of `managedFields` of every object, also of those in which nobody noted anything: what a real server sends
/// along with each object and keeps as the greater part of its metadata.
///
/// Pods of one owner, and events, differ in times and addresses only, so that their text is made once and shared: a
/// hundred thousand pods must not hold it a hundred thousand times.
final class OwnerText: Sendable {
    private enum Piece: Sendable {
        case bytes([UInt8])
        case time
        case address
    }

    private struct Key: Hashable {
        var resource: String
        var owner: String
        var labels: Int
        var conditions: Int
        var isReady: Bool
    }

    private let known = Mutex<[Key: [Piece]]>([:])
    private static let limit = 50_000

    /// Appends `,"managedFields":[…]` for an object of a resource; nothing where it has no field to own.
    func append(_ object: StoredObject, _ resource: APIResource, to out: inout [UInt8]) {
        guard let key = Self.key(object, resource) else {
            out.append(contentsOf: object.bytes(.owners(resource.groupVersion)) { Self.text(object.json, resource) })
            return
        }
        let time = object.json["metadata"]["creationTimestamp"].stringValue ?? ""
        let address = object.json["status"]["podIP"].stringValue ?? ""
        for piece in pieces(key, object.json, resource) {
            switch piece {
            case .bytes(let bytes): out.append(contentsOf: bytes)
            case .time: out.append(contentsOf: time.utf8)
            case .address: out.append(contentsOf: address.utf8)
            }
        }
    }

    /// What makes the text of an object the same as another's; nil for those that have a text of their own.
    private static func key(_ object: StoredObject, _ resource: APIResource) -> Key? {
        let metadata = object.json["metadata"]
        guard metadata["managedFields"].isNull else { return nil }
        switch resource.kind {
        case "Pod":
            guard let owner = metadata["ownerReferences"][0]["uid"].stringValue else { return nil }
            let status = object.json["status"]
            return Key(
                resource: "pods", owner: owner, labels: metadata["labels"].members.count,
                conditions: status["conditions"].items.count + (status["podIP"].isNull ? 0 : 100),
                isReady: ClusterEngine.isReady(object))
        case "Event", "Lease":
            let source = object.json["source"]["component"].stringValue ?? ""
            return Key(
                resource: resource.qualifiedName, owner: source, labels: 0,
                conditions: object.json["involvedObject"].members.count, isReady: false)
        default: return nil
        }
    }

    private func pieces(_ key: Key, _ json: SimJSON, _ resource: APIResource) -> [Piece] {
        if let pieces = known.withLock({ $0[key] }) { return pieces }
        var sample = json
        sample["metadata"]["creationTimestamp"] = "@@T@@"
        if !json["status"]["podIP"].isNull {
            sample["status"]["podIP"] = "@@I@@"
            sample["status"]["podIPs"] = [["ip": "@@I@@"]]
        }
        let text = String(decoding: Self.text(sample, resource), as: UTF8.self)
        let pieces = text.split(separator: "@@", omittingEmptySubsequences: false).map { part -> Piece in
            switch part {
            case "T": .time
            case "I": .address
            default: .bytes(Array(part.utf8))
            }
        }
        known.withLock { known in
            // Owners come and go; who is asked for again is made again.
            if known.count >= Self.limit { known.removeAll() }
            known[key] = pieces
        }
        return pieces
    }

    private static func text(_ json: SimJSON, _ resource: APIResource) -> [UInt8] {
        let managed = ManagedFields.shown(json, resource).json
        guard !managed.isNull else { return [] }
        var out = Array(#","managedFields":"#.utf8)
        managed.write(to: &out)
        return out
    }
}

extension ManagedFields {
    /// Who wrote an object, the controller that writes its status included.
    static func shown(_ json: SimJSON, _ resource: APIResource) -> ManagedFields {
        var managed = of(json, resource)
        let status = json["status"]
        guard resource.hasStatus, !status.isNull, !managed.entries.contains(where: { $0.subresource == "status" })
        else {
            return managed
        }
        let walk = FieldWalk(resource)
        let fields = walk.difference(["status": .emptyObject], ["status": status]).added
        guard !fields.isEmpty else { return managed }
        managed.entries.append(
            Entry(
                manager: statusWriter(resource), isApplied: false, apiVersion: resource.groupVersion,
                time: json["metadata"]["creationTimestamp"].stringValue ?? "", subresource: "status", fields: fields))
        return managed
    }

    private static func statusWriter(_ resource: APIResource) -> String {
        switch resource.kind {
        case "Pod", "Node": "kubelet"
        case _ where resource.isCustom: "lanternpay-operator"
        default: "kube-controller-manager"
        }
    }
}
