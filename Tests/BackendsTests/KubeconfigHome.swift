import Foundation
import Model

@testable import Backends

/// A home folder of its own for one test, gone afterwards.
final class KubeconfigHome {
    let path: String
    /// The same folder as a value that tests may change.
    var surroundings: KubernetesSurroundings

    init() {
        path = FileManager.default.temporaryDirectory.path + "/midwatch-home-\(UUID().uuidString)"
        surroundings = KubernetesSurroundings(
            variables: ["PATH": "/usr/bin:/bin"], home: path, currentFolder: path,
            now: { Timestamp(seconds: 1_000_000) })
        surroundings.serviceAccountFolder = path + "/serviceaccount"
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file below the home folder and returns its absolute path.
    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o600) -> String {
        let file = path + "/" + name
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try! Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try! FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }

    /// Reads `text` as this home's `~/.kube/config`.
    func kubeconfig(_ text: String) throws -> Kubeconfig {
        write(".kube/config", text)
        return try Kubeconfig.load(in: surroundings)
    }

    /// The connection of a kubeconfig with one context, `sandbox`: cluster `east`, user `ada`. The bodies are YAML in one line.
    func connection(
        cluster: String = "{server: 'https://east.example:6443'}", user: String = "{}"
    ) throws -> KubernetesConnection {
        try kubeconfig(sandbox(cluster: cluster, user: user)).connection().0
    }
}

/// A kubeconfig with one context; lines 3, 5 and 7 hold the entries.
func sandbox(cluster: String = "{server: 'https://east.example:6443'}", user: String = "{}") -> String {
    """
    current-context: sandbox
    contexts:
    - {name: sandbox, context: {cluster: east, user: ada}}
    clusters:
    - {name: east, cluster: \(cluster)}
    users:
    - {name: ada, user: \(user)}
    """
}

/// The message of the `KubernetesError` that the body throws; what else happened in words.
func message<Value>(of body: () throws -> Value) -> String {
    do {
        _ = try body()
        return "no error"
    } catch let error as KubernetesError {
        return error.message
    } catch {
        return "another error: \(error)"
    }
}

/// The same for an asynchronous body.
func message<Value>(of body: () async throws -> Value) async -> String {
    do {
        _ = try await body()
        return "no error"
    } catch let error as KubernetesError {
        return error.message
    } catch {
        return "another error: \(error)"
    }
}
