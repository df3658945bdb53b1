/// Who asks. The make-believe company knows five tokens: `admin`, `operator`, `viewer`, `payments-only` and `nobody`.
///
/// kubectl sends no credentials over plain HTTP, so an address may name the user as well, as a cluster proxy's address
/// has a path: `http://127.0.0.1:PORT/users/viewer`. A token, where there is one, counts more.
struct SimUser: Sendable, Equatable {
    var name: String
    var groups: [String]

    static let anonymous = SimUser(name: "system:anonymous", groups: ["system:unauthenticated"])

    static let tokens: [String: SimUser] = [
        "admin": SimUser(name: "admin", groups: ["system:masters", "system:authenticated"]),
        "operator": SimUser(name: "operator", groups: ["operators", "system:authenticated"]),
        "viewer": SimUser(name: "viewer", groups: ["viewers", "system:authenticated"]),
        "payments-only": SimUser(name: "payments-only", groups: ["payments", "system:authenticated"]),
        "nobody": SimUser(name: "nobody", groups: ["system:authenticated"]),
    ]

    /// The user of the bearer token or of the path, which loses its prefix; an unknown one is 401, none at all is the
    /// anonymous user.
    static func authenticated(by request: inout SimRequest) throws(APIStatus) -> SimUser {
        let named = try takeName(from: &request)
        if let token = StreamProtocol.bearerToken(request) {
            guard let user = tokens[token] else { throw .unauthorized }
            return user
        }
        guard let header = request.header("authorization") else { return named ?? .anonymous }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", let user = tokens[String(parts[1])] else {
            throw .unauthorized
        }
        return user
    }

    private static func takeName(from request: inout SimRequest) throws(APIStatus) -> SimUser? {
        guard request.path.hasPrefix("/users/") else { return nil }
        let rest = request.path.dropFirst("/users/".count)
        let name = rest.prefix { $0 != "/" }
        request.path = rest.count > name.count ? String(rest.dropFirst(name.count)) : "/"
        guard let user = tokens[String(name)] else { throw .unauthorized }
        return user
    }
}
