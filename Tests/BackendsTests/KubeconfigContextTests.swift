import Foundation
import Model
import Testing

@testable import Backends

struct KubeconfigContextTests {
    let home = KubeconfigHome()

    private let twoContexts = """
        current-context: sandbox
        contexts:
        - {name: sandbox, context: {cluster: east, user: ada, namespace: payments}}
        - {name: production, context: {cluster: west, user: ada}}
        - {name: nobody, context: {cluster: east}}
        - {name: lost, context: {cluster: eats, user: ada}}
        - {name: stranger, context: {cluster: east, user: adda}}
        - {name: bare, context: {}}
        clusters:
        - {name: east, cluster: {server: 'https://east.example:6443'}}
        - {name: west, cluster: {server: 'https://west.example:6443/'}}
        users:
        - {name: ada, user: {token: t-0}}
        """

    @Test("the current context is used when none is named")
    func current() throws {
        let (connection, info) = try home.kubeconfig(twoContexts).connection()
        #expect(connection.server == "https://east.example:6443")
        #expect(connection.defaultNamespace == "payments")
        #expect(
            info
                == EnvironmentInfo(
                    id: "sandbox", context: "sandbox", cluster: "east", server: "https://east.example:6443",
                    user: "ada", defaultNamespace: "payments", knownNamespaces: ["payments"]))
    }

    @Test("a context that is named is used")
    func named() throws {
        let (connection, info) = try home.kubeconfig(twoContexts).connection(context: "production")
        #expect(connection.server == "https://west.example:6443")
        #expect(info.id == "production")
        #expect(info.knownNamespaces == [])
    }

    @Test("a context without a user is anonymous")
    func anonymous() async throws {
        let (connection, info) = try home.kubeconfig(twoContexts).connection(context: "nobody")
        #expect(try await connection.credentials.headers() == [:])
        #expect(info.user == "anonymous")
    }

    @Test("an unknown context is told with the nearest word and the list")
    func unknown() throws {
        let kubeconfig = try home.kubeconfig(twoContexts)
        #expect(
            message { try kubeconfig.connection(context: "prodction") }
                == "kubeconfig ~/.kube/config: there is no context prodction; did you mean production? "
                + "there is: sandbox, production, nobody, lost, stranger, bare")
        #expect(
            message { try kubeconfig.connection(context: "zebra") }
                == "kubeconfig ~/.kube/config: there is no context zebra; "
                + "there is: sandbox, production, nobody, lost, stranger, bare")
    }

    @Test("a long list of contexts is cut")
    func longList() throws {
        let entries = (1...23).map { "- {name: c\($0), context: {cluster: x}}" }
        let kubeconfig = try home.kubeconfig("contexts:\n" + entries.joined(separator: "\n"))
        #expect(
            message { try kubeconfig.connection() }
                == "kubeconfig ~/.kube/config: no current context is set; name one of these: c1, c2, c3, c4, c5, c6, "
                + "c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20 and 3 more")
    }

    @Test("a context that names what does not exist is told")
    func dangling() throws {
        let kubeconfig = try home.kubeconfig(twoContexts)
        #expect(
            message { try kubeconfig.connection(context: "lost") }
                == "kubeconfig ~/.kube/config, line 6: context lost names the cluster eats, which does not exist; "
                + "did you mean east?")
        #expect(
            message { try kubeconfig.connection(context: "stranger") }
                == "kubeconfig ~/.kube/config, line 7: context stranger names the user adda, which does not exist; "
                + "did you mean ada?")
        #expect(
            message { try kubeconfig.connection(context: "bare") }
                == "kubeconfig ~/.kube/config, line 8: context bare names no cluster")
    }

    @Test("no kubeconfig is told with where it was looked for")
    func none() {
        #expect(
            message { try Kubeconfig.load(in: home.surroundings).connection() }
                == "kubeconfig: none was found: ~/.kube/config does not exist and KUBECONFIG is not set; "
                + "get one from the cluster's administrator, or try: midwatch demo")
        home.surroundings.variables["KUBECONFIG"] = "a"
        #expect(
            message { try Kubeconfig.load(in: home.surroundings).connection() }
                == "kubeconfig: the file in KUBECONFIG does not exist (~/a); "
                + "get one from the cluster's administrator, or try: midwatch demo")
        home.surroundings.variables["KUBECONFIG"] = "a:/b"
        #expect(
            message { try Kubeconfig.load(in: home.surroundings).connection() }
                == "kubeconfig: none of the files in KUBECONFIG exists (~/a, /b); "
                + "get one from the cluster's administrator, or try: midwatch demo")
        let homeless = KubernetesSurroundings(variables: [:], home: "")
        #expect(
            message { try Kubeconfig.load(in: homeless).connection() }
                == "kubeconfig: none was found: neither KUBECONFIG nor HOME is set; "
                + "get one from the cluster's administrator, or try: midwatch demo")
    }

    @Test("a kubeconfig without contexts is told")
    func noContexts() {
        #expect(
            message { try home.kubeconfig("").connection() }
                == "kubeconfig ~/.kube/config: it has no contexts; add one with: kubectl config set-context")
    }

    @Test("contexts of one user share its credentials")
    func shared() throws {
        let kubeconfig = try home.kubeconfig(
            twoContexts.replacingOccurrences(of: "token: t-0", with: "tokenFile: token"))
        let first = try kubeconfig.connection(context: "sandbox").0.credentials as? TokenFileCredentials
        let second = try kubeconfig.connection(context: "production").0.credentials as? TokenFileCredentials
        #expect(first != nil)
        #expect(first === second)
    }
}
