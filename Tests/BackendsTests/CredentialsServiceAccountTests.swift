import HTTP
import Model
import Testing

@testable import Backends

struct CredentialsServiceAccountTests {
    let home = KubeconfigHome()

    init() {
        home.surroundings.variables["KUBERNETES_SERVICE_HOST"] = "10.96.0.1"
        home.surroundings.variables["KUBERNETES_SERVICE_PORT"] = "443"
        home.write("serviceaccount/token", "pod-token\n")
        home.write("serviceaccount/ca.crt", "CA")
        home.write("serviceaccount/namespace", "watch\n")
    }

    @Test("in a pod without a kubeconfig, its service account is used")
    func inCluster() async throws {
        let (connection, info) = try Kubeconfig.load(in: home.surroundings).connection()
        #expect(connection.server == "https://10.96.0.1:443")
        #expect(connection.settings.trust == .file(home.path + "/serviceaccount/ca.crt"))
        #expect(connection.defaultNamespace == "watch")
        #expect(try await connection.credentials.headers() == ["Authorization": "Bearer pod-token"])
        #expect(
            info
                == EnvironmentInfo(
                    id: "in-cluster", cluster: "in-cluster", server: "https://10.96.0.1:443", user: "service account",
                    defaultNamespace: "watch", knownNamespaces: ["watch"]))
    }

    @Test("an IPv6 address gets its brackets, and POD_NAMESPACE wins over the file")
    func variables() throws {
        home.surroundings.variables["KUBERNETES_SERVICE_HOST"] = "fd00::1"
        home.surroundings.variables["POD_NAMESPACE"] = "night"
        let connection = try Kubeconfig.load(in: home.surroundings).connection().0
        #expect(connection.server == "https://[fd00::1]:443")
        #expect(connection.defaultNamespace == "night")
    }

    @Test("a kubeconfig wins over the service account")
    func kubeconfigWins() throws {
        #expect(try home.kubeconfig(sandbox()).connection().0.server == "https://east.example:6443")
    }

    @Test("a context that is named is never replaced by the service account")
    func namedContext() throws {
        let kubeconfig = try Kubeconfig.load(in: home.surroundings)
        #expect(
            message { try kubeconfig.connection(context: "sandbox") }.hasPrefix("kubeconfig: none was found: "))
    }

    @Test("the summary lists it as the only context")
    func summary() throws {
        let contexts = try Kubeconfig.load(in: home.surroundings).summary.contexts
        #expect(
            contexts == [
                KubeconfigSummary.Context(
                    name: "in-cluster", isCurrent: true, cluster: "in-cluster", server: "https://10.96.0.1:443",
                    user: "service account", namespace: "watch", credentials: "service account", problem: nil,
                    warnings: [])
            ])
    }
}
