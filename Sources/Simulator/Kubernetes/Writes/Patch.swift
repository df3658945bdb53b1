/// The body of a PATCH and what it does to an object; an applied configuration is not among them.
enum Patch: Sendable {
    case json(JSONPatch)
    case merge(SimJSON)
    case strategic(SimJSON, structure: String?)

    init(_ request: ResourceRequest, _ options: WriteOptions) throws(APIStatus) {
        let isCustom = request.resource.isCustom
        let body = request.http.body
        switch WriteBody.form(request.http) {
        case .jsonPatch where request.http.header("content-type") != nil:
            guard let patch = JSONPatch(try Self.tree(body)) else {
                throw .badRequest(
                    "error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch")
            }
            self = .json(patch)
        case .mergePatch: self = .merge(try Self.object(body))
        case .strategicPatch where !isCustom:
            self = .strategic(try Self.object(body), structure: FieldSchema.name(of: request.resource))
        default: throw .unsupportedPatch(isCustom: isCustom)
        }
    }

    /// The object after the patch; it has its kind and version before and after.
    func applied(to json: SimJSON) throws(APIStatus) -> SimJSON {
        switch self {
        case .json(let patch):
            do {
                return try patch.applied(to: json)
            } catch {
                throw .unusablePatch
            }
        case .merge(let patch): return MergePatch.merge(patch, into: json)
        case .strategic(let patch, let structure):
            do {
                return try StrategicMerge().merged(patch, into: json, structure: structure)
            } catch {
                throw .badRequest(error.message)
            }
        }
    }

    private static func tree(_ body: [UInt8]) throws(APIStatus) -> SimJSON {
        do {
            return try SimJSON(parsing: body)
        } catch {
            throw .badRequest("error decoding patch: \(WriteBody.problem(error, body))")
        }
    }

    private static func object(_ body: [UInt8]) throws(APIStatus) -> SimJSON {
        let tree = try tree(body)
        guard tree.objectValue != nil else {
            throw .badRequest("error decoding patch: json: cannot unmarshal value into Go value of type map")
        }
        return tree
    }
}
