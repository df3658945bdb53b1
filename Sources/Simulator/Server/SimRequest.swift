import FlyingFox
import Foundation

/// What a simulated server needs to know of a request: decoded path, raw query, headers, and the body in full.
struct SimRequest: Sendable {
    var method: String
    /// The decoded path.
    var path: String
    /// The query in order, decoded as a form (`+` is a space, as Go's clients write it).
    var query: [(name: String, value: String)]
    var headers: [String: String]
    var body: [UInt8]

    /// The first value of a query parameter.
    func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// Whether a boolean parameter is on, in the ways Go's servers read one; `?watch` alone counts as on.
    func flag(_ name: String) -> Bool {
        guard let value = parameter(name) else { return false }
        return !["false", "0"].contains(value)
    }

    /// A header by its name in any case.
    func header(_ name: String) -> String? {
        headers[name.lowercased()]
    }
}

extension SimRequest {
    /// Reads the body of a FlyingFox request; a body above `limit` bytes is an error.
    init(_ request: HTTPRequest, limit: Int = 32 << 20) async throws {
        method = request.method.rawValue
        let rawPath = request.target.path()
        path = rawPath.removingPercentEncoding ?? rawPath
        query = Self.form(request.target.query())
        headers = Dictionary(
            request.headers.map { ($0.key.rawValue.lowercased(), $0.value) }, uniquingKeysWith: { "\($0),\($1)" })
        body = []
        for try await chunk in request.bodySequence {
            body.append(contentsOf: chunk)
            guard body.count <= limit else { throw SimRequestError.bodyTooLarge(limit: limit) }
        }
    }

    /// Decodes `a=b&c=d`.
    static func form(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { part in
                let text = part.replacing("+", with: " ")
                return text.removingPercentEncoding ?? String(text)
            }
            return (decoded[0], decoded.count > 1 ? decoded[1] : "")
        }
    }
}

/// Why a request could not be taken in.
enum SimRequestError: Error, Equatable, CustomStringConvertible {
    case bodyTooLarge(limit: Int)

    var description: String {
        switch self {
        case .bodyTooLarge(let limit): "cannot take the request: its body is larger than \(limit) bytes"
        }
    }
}
