import Foundation

/// In which form a client wants objects: as they are, as metadata only, or as rows of a table.
enum Representation: Hashable, Sendable {
    enum Include: String, Sendable {
        case none = "None"
        case metadata = "Metadata"
        case object = "Object"
    }

    case object
    case partial
    /// `PartialObjectMetadataList`, which in a watch selects nothing at all.
    case partialList
    case table(Include)
}

/// The form and the encoding that a client's `Accept` header leads to.
struct Negotiation: Sendable, Equatable {
    var representation: Representation
    var isYAML = false
    var isPretty = false

    /// The first of the client's offers that the server can make; nil: none, which is 406.
    init?(_ request: SimRequest) {
        let offers = request.header("accept")?.split(separator: ",") ?? ["application/json"]
        let include = request.parameter("includeObject").flatMap(Representation.Include.init(rawValue:)) ?? .metadata
        for offer in offers {
            let parts = offer.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let type = parts.first,
                ["application/json", "application/yaml", "*/*", "application/*"].contains(type)
            else { continue }
            isYAML = type == "application/yaml"
            switch parts.first(where: { $0.hasPrefix("as=") })?.dropFirst(3) {
            case nil: representation = .object
            case "Table" where parts.contains("v=v1"): representation = .table(include)
            case "PartialObjectMetadata": representation = .partial
            case "PartialObjectMetadataList": representation = .partialList
            default: continue
            }
            let agent = request.header("user-agent") ?? ""
            isPretty =
                request.parameter("pretty").map { $0 != "false" && $0 != "0" }
                ?? (agent.hasPrefix("curl") || agent.hasPrefix("Mozilla"))
            return
        }
        return nil
    }
}
