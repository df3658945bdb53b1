import FlyingFox
import FlyingSocks
import Foundation

/// What a simulated server answers: a whole body, or one that is sent in chunks as it comes into being.
struct SimResponse: Sendable {
    /// Gives the next chunk; nil ends the body in order, an error cuts the connection.
    typealias NextChunk = @Sendable () async throws -> [UInt8]?

    enum Body: Sendable {
        case bytes([UInt8])
        case stream(NextChunk)
    }

    var status: Int
    var headers: [(name: String, value: String)]
    var body: Body
    /// Where it is there, the connection leaves HTTP and the rest of the answer is not sent.
    var upgrade: ConnectionUpgrade?

    init(status: Int = 200, type: String? = nil, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = (type.map { [("Content-Type", $0)] } ?? []) + headers
        self.body = .bytes(body)
    }

    init(status: Int = 200, type: String, headers: [(name: String, value: String)] = [], stream: @escaping NextChunk) {
        self.status = status
        self.headers = [("Content-Type", type)] + headers
        body = .stream(stream)
    }

    /// Leaves HTTP.
    init(upgrade: ConnectionUpgrade) {
        self.init(status: 101)
        self.upgrade = upgrade
    }

    /// A body of text.
    static func text(_ text: String, status: Int = 200, type: String = "text/plain; charset=utf-8") -> SimResponse {
        SimResponse(status: status, type: type, body: Array(text.utf8))
    }

    /// A body of JSON.
    static func json(_ value: SimJSON, status: Int = 200, headers: [(name: String, value: String)] = []) -> SimResponse
    {
        SimResponse(status: status, type: "application/json", headers: headers, body: value.bytes)
    }
}

extension SimResponse {
    /// The answer in FlyingFox's terms.
    func flyingFoxResponse(to request: HTTPRequest, pool: any AsyncSocketPool) async throws -> HTTPResponse {
        if let upgrade { return try await upgrade.flyingFoxResponse(to: request, pool: pool) }
        var response = plainResponse
        // FlyingFox repeats the request's field, and an upgrade that was refused is not to be promised.
        if response.headers[.connection] == nil, request.headers[.upgrade] != nil {
            response.headers[.connection] = "keep-alive"
        }
        return response
    }

    private var plainResponse: HTTPResponse {
        var fields = HTTPHeaders()
        for header in headers { fields.addValue(header.value, for: HTTPHeader(header.name)) }
        let code = HTTPStatusCode(status, phrase: Self.phrases[status] ?? "Status \(status)")
        switch body {
        case .bytes(let bytes):
            let body = HTTPBodySequence(data: Data(bytes), suggestedBufferSize: 1 << 18)
            return HTTPResponse(statusCode: code, headers: fields, body: body)
        case .stream(let next):
            return HTTPResponse(
                statusCode: code, headers: fields, body: HTTPBodySequence(from: ChunkSequence(nextChunk: next)))
        }
    }

    private static let phrases = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
        304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict", 410: "Gone", 413: "Content Too Large",
        415: "Unsupported Media Type", 422: "Unprocessable Entity", 429: "Too Many Requests",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout",
    ]
}

/// The chunks of a streamed body in the form FlyingFox reads; each chunk becomes one HTTP chunk.
private struct ChunkSequence: AsyncBufferedSequence {
    typealias Element = UInt8
    let nextChunk: SimResponse.NextChunk

    func makeAsyncIterator() -> Iterator { Iterator(nextChunk: nextChunk) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        let nextChunk: SimResponse.NextChunk

        /// FlyingFox reads streamed bodies by buffers only.
        mutating func next() async throws -> UInt8? { preconditionFailure("read by nextBuffer(suggested:)") }

        /// An empty chunk would end an HTTP body, so empty ones are passed over.
        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            while let chunk = try await nextChunk() {
                if !chunk.isEmpty { return chunk }
            }
            return nil
        }
    }
}
