import HTTP
import JSON
import Model

/// What a plugin handed out: a token, a client certificate, or both, and until when.
struct ExecAnswer: Sendable, Equatable {
    /// Why a plugin's output is no answer; never holds a part of the output, which may be secret.
    struct Fault: Error, Equatable {
        var cause: String
    }

    var token = Secret("")
    var certificate: [UInt8] = []
    var key = Secret("")
    /// Nil: until the server refuses it.
    var expiry: Timestamp?

    var headers: HTTPHeaders { token.isEmpty ? [:] : ["Authorization": "Bearer " + token.revealedText] }

    var identity: HTTPServerSettings.ClientIdentity? {
        certificate.isEmpty ? nil : .data(certificate: certificate, key: key.revealedBytes)
    }

    func isValid(at time: Timestamp) -> Bool { expiry.map { time < $0 } ?? true }

    init(
        token: Secret = Secret(""), certificate: [UInt8] = [], key: Secret = Secret(""), expiry: Timestamp? = nil
    ) {
        self.token = token
        self.certificate = certificate
        self.key = key
        self.expiry = expiry
    }

    /// Reads what a plugin printed.
    init(output: [UInt8], version: ExecPlugin.Version) throws(Fault) {
        guard let root = try? JSONValue.parse(output), root.kind == .object else {
            throw Fault(cause: "printed something that is no JSON object")
        }
        try Self.check(root, version)
        guard let status = root["status"], status.kind == .object else {
            throw Fault(cause: "answered without a status")
        }
        token = Secret(try Self.text("token", of: status))
        certificate = Array(try Self.text("clientCertificateData", of: status).utf8)
        key = Secret(try Self.text("clientKeyData", of: status))
        guard certificate.isEmpty == key.isEmpty else {
            throw Fault(
                cause:
                    "gave \(key.isEmpty ? "a client certificate without its key" : "a key without its client certificate")"
            )
        }
        guard !token.isEmpty || !certificate.isEmpty else {
            throw Fault(cause: "gave neither a token nor a client certificate")
        }
        expiry = try Self.expiry(of: status)
    }

    private static func check(_ root: JSONValue, _ version: ExecPlugin.Version) throws(Fault) {
        let kind = root["kind"]?.string ?? "ExecCredential"
        guard kind == "ExecCredential" else { throw Fault(cause: "answered with a \(kind), not an ExecCredential") }
        guard let answered = root["apiVersion"]?.string else { throw Fault(cause: "answered without an apiVersion") }
        guard answered == version.rawValue else {
            throw Fault(cause: "answered in \(answered), but the kubeconfig asks for \(version.rawValue)")
        }
    }

    private static func text(_ key: String, of status: JSONValue) throws(Fault) -> String {
        guard let value = status[key], !value.isNull else { return "" }
        guard let text = value.string else { throw Fault(cause: "answered with a \(key) that is no text") }
        return text
    }

    private static func expiry(of status: JSONValue) throws(Fault) -> Timestamp? {
        let text = try text("expirationTimestamp", of: status)
        guard !text.isEmpty else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw Fault(cause: "answered with an expirationTimestamp that is no time: \(text)")
        }
        return time
    }
}
