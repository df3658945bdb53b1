import Testing

@testable import Backends

struct KubeconfigSummaryTests {
    let home = KubeconfigHome()

    @Test("every context is listed with what can be made out of it")
    func contexts() throws {
        let summary = try home.kubeconfig(
            """
            current-context: sandbox
            contexts:
            - {name: sandbox, context: {cluster: east, user: ada, namespace: payments}}
            - {name: lost, context: {cluster: gone, user: robot}}
            clusters:
            - {name: east, cluster: {server: 'https://east.example/', insecure-skip-tls-verify: true}}
            users:
            - {name: ada, user: {token: t-0, as: root}}
            - {name: robot, user: {exec: {command: /opt/login, apiVersion: client.authentication.k8s.io/v1beta1}}}
            """
        ).summary
        #expect(
            summary.contexts == [
                KubeconfigSummary.Context(
                    name: "sandbox", isCurrent: true, cluster: "east", server: "https://east.example",
                    user: "ada as root", namespace: "payments", credentials: "token", problem: nil,
                    warnings: ["TLS verification is off"]),
                KubeconfigSummary.Context(
                    name: "lost", isCurrent: false, cluster: "gone", server: "", user: "robot", namespace: "",
                    credentials: "plugin login",
                    problem: .kubeconfig(
                        KubeconfigFault(
                            file: "~/.kube/config", line: 4,
                            cause: "context lost names the cluster gone, which does not exist")), warnings: []),
            ])
    }

    @Test("each sort of credentials has its words")
    func credentials() throws {
        func words(_ user: String) throws -> String? {
            try home.kubeconfig(sandbox(user: user)).summary.contexts.first?.credentials
        }
        #expect(try words("{}") == "none")
        #expect(try words("{token: t}") == "token")
        #expect(try words("{tokenFile: t}") == "token file")
        #expect(try words("{username: u, password: p}") == "user and password")
        #expect(try words("{client-certificate-data: YQ==, client-key-data: YQ==}") == "client certificate")
        #expect(try words("{client-certificate: a, client-key: b, token: t}") == "client certificate, token")
        #expect(try words("{auth-provider: {name: oidc}}") == "auth-provider oidc")
    }

    @Test("files are listed whether they exist or not, and those that others can read are marked")
    func files() throws {
        home.write("a", sandbox(), mode: 0o644)
        home.surroundings.variables["KUBECONFIG"] = "a:b"
        let summary = try Kubeconfig.load(in: home.surroundings).summary
        #expect(
            summary.files == [
                KubeconfigSummary.File(name: "~/a", exists: true, isReadableByOthers: true),
                KubeconfigSummary.File(name: "~/b", exists: false, isReadableByOthers: false),
            ])
        #expect(summary.warnings == ["kubeconfig ~/a is readable by others; run: chmod 600 ~/a"])
    }

    @Test("a current context that does not exist is warned of")
    func currentContext() throws {
        let summary = try home.kubeconfig("current-context: gone\ncontexts: [{name: a}]").summary
        #expect(summary.warnings == ["the current context gone does not exist"])
    }

    @Test("no token, password or key is in a summary or in a printed user")
    func secrets() throws {
        let user = "{token: s3cret, as: root, client-key-data: czNjcmV0, client-certificate-data: YQ==}"
        let kubeconfig = try home.kubeconfig(sandbox(user: user))
        var dumped = ""
        dump(kubeconfig, to: &dumped)
        dump(kubeconfig.summary, to: &dumped)
        #expect(!dumped.contains("s3cret"))
        #expect(!dumped.contains("- 115\n"))
        #expect(!String(reflecting: try kubeconfig.users["ada"]).contains("s3cret"))
    }
}
