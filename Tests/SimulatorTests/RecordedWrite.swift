import Foundation

@testable import Simulator

/// A recorded write: the request as it was sent to a real API server, and what that server answered.
struct RecordedWrite {
    let request: SimRequest
    let body: String

    init(_ path: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/kubernetes/\(path)")
        body = try String(contentsOf: folder.appending(path: "body"), encoding: .utf8)
        let text = try String(contentsOf: folder.appending(path: "request.txt"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = lines[0].split(separator: " ").map(String.init)
        var headers: [String: String] = [:]
        for line in lines.dropFirst().prefix(while: { !$0.isEmpty && $0 != "\r" }) {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let user = text.contains("# identity: viewer") ? "viewer" : "admin"
        let sent = try? String(contentsOf: folder.appending(path: "request-body"), encoding: .utf8)  // GETs have none.
        request = SimRequest.api(
            first[0], first[1], as: user, accept: headers["accept"] ?? "application/json", headers: headers,
            body: sent ?? "")
    }

    /// What the simulated server answers to the same request.
    func answer(of server: KubernetesServer) async throws -> String {
        try await server.handle(request).text()
    }

    /// The recorded answer as a tree.
    var json: SimJSON { get throws { try SimJSON(parsing: body) } }
}

extension SimJSON {
    /// The object without what differs from one cluster and one moment to the next.
    var comparable: SimJSON {
        var json = self
        for name in ["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "managedFields"] {
            json["metadata"][name] = .null
        }
        return json
    }

    /// As `comparable`, but with the owners of fields, these without their times.
    var comparableWithOwners: SimJSON {
        var json = comparable
        var owners = self["metadata"]["managedFields"].items
        for index in owners.indices { owners[index]["time"] = .null }
        json["metadata"]["managedFields"] = .array(owners)
        return json
    }
}

extension KubernetesServer {
    /// Sends a request as `admin` and gives the answer's tree.
    func send(
        _ method: String, _ target: String, type: String = "application/json", as user: String = "admin",
        body: String = ""
    ) async throws -> SimJSON {
        let headers = ["content-type": type, "user-agent": "lab-recorder/1"]
        let response = await handle(SimRequest.api(method, target, as: user, headers: headers, body: body))
        return try SimJSON(parsing: try await response.text())
    }

    /// Adds an object as the cluster would have it after a client wrote it.
    @discardableResult
    func have(_ resource: String, _ json: String) throws -> StoredObject {
        try store.create(resource, try SimJSON(parsing: json))
    }

    /// Adds namespaces.
    func have(namespaces: String...) throws {
        for name in namespaces {
            try have("namespaces", #"{"metadata":{"name":"\#(name)"},"status":{"phase":"Active"}}"#)
        }
    }
}
