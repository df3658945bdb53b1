import HTTP
import Model
import Synchronization

/// A token in a file that something else renews: read again when the file changes, and once a minute in any case.
///
/// A file that cannot be read for a while does no harm: the last token stands until the server refuses it.
final class TokenFileCredentials: KubernetesCredentials {
    private struct Read {
        var token: Secret
        var fingerprint: [Int64]?
        var time: Timestamp
    }

    private let user: String
    private let path: String
    private let now: @Sendable () -> Timestamp
    private let last: Mutex<Read?>

    /// `initial` stands until the file has been read once: a kubeconfig may have both.
    init(user: String, path: String, initial: Secret = Secret(""), now: @escaping @Sendable () -> Timestamp) {
        self.user = user
        self.path = path
        self.now = now
        last = Mutex(initial.isEmpty ? nil : Read(token: initial, fingerprint: nil, time: .zero))
    }

    func headers() async throws -> HTTPHeaders {
        let token = try last.withLock { last throws(KubernetesError) in
            try refresh(&last)
            return last?.token ?? Secret("")
        }
        return ["Authorization": "Bearer " + token.revealedText]
    }

    func renew(refused: HTTPHeaders) async -> Bool {
        // A file that cannot be read now is told by `headers()`.
        last.withLock { last in try? read(&last, fingerprint: FileBytes.fingerprint(of: path)) }
        let token = last.withLock { $0?.token.revealedText ?? "" }
        return refused["Authorization"] != "Bearer " + token
    }

    private func refresh(_ last: inout Read?) throws(KubernetesError) {
        let fingerprint = FileBytes.fingerprint(of: path)
        if let last, last.fingerprint == fingerprint, fingerprint != nil, now().since(last.time) < 60 { return }
        do throws(KubernetesError) {
            try read(&last, fingerprint: fingerprint)
        } catch {
            guard last != nil else { throw error }
        }
    }

    private func read(_ last: inout Read?, fingerprint: [Int64]?) throws(KubernetesError) {
        let bytes: [UInt8]
        do throws(FileBytes.Fault) {
            bytes = try FileBytes(path: path, limit: 1 << 20).bytes
        } catch {
            throw fault("the token file \(path) cannot be read: \(error.words)")
        }
        let token = String(decoding: bytes, as: UTF8.self).trimmedOfWhitespace
        guard !token.isEmpty else { throw fault("the token file \(path) is empty") }
        last = Read(token: Secret(token), fingerprint: fingerprint, time: now())
    }

    private func fault(_ cause: String) -> KubernetesError { .credentials(CredentialsFault(user: user, cause: cause)) }
}

extension String {
    /// Without the white space and line ends around it.
    var trimmedOfWhitespace: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
