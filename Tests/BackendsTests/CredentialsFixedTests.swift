import HTTP
import Testing

@testable import Backends

struct CredentialsFixedTests {
    let home = KubeconfigHome()

    private func connection(_ user: String) throws -> KubernetesConnection { try home.connection(user: user) }

    @Test("a token is a bearer")
    func token() async throws {
        #expect(try await connection("{token: t-0}").credentials.headers() == ["Authorization": "Bearer t-0"])
    }

    @Test("a user and password are basic authentication")
    func password() async throws {
        let headers = try await connection("{username: ada, password: 'open: sesame'}").credentials.headers()
        #expect(headers == ["Authorization": "Basic YWRhOm9wZW46IHNlc2FtZQ=="])
    }

    @Test("a refused token that stands in the kubeconfig cannot be renewed")
    func refused() async throws {
        let credentials = try connection("{token: t-0}").credentials
        #expect(await credentials.renew(refused: ["Authorization": "Bearer t-0"]) == false)
    }

    @Test("a client certificate and key as data never touch the disk")
    func certificateData() throws {
        let settings = try connection("{client-certificate-data: Q0VSVA==, client-key-data: S0VZ}").settings
        #expect(settings.identity == .data(certificate: Array("CERT".utf8), key: Array("KEY".utf8)))
    }

    @Test("data wins over files, and a file stands in for the half that is no data")
    func mixed() throws {
        home.write(".kube/me.crt", "FILE")
        home.write(".kube/me.key", "FILEKEY")
        let half = try connection("{client-certificate: me.crt, client-key-data: S0VZ}").settings
        let both = try connection(
            "{client-certificate: me.crt, client-certificate-data: Q0VSVA==, client-key: me.key, client-key-data: S0VZ}"
        ).settings
        #expect(half.identity == .data(certificate: Array("FILE".utf8), key: Array("KEY".utf8)))
        #expect(both.identity == .data(certificate: Array("CERT".utf8), key: Array("KEY".utf8)))
    }

    @Test("a key without a certificate is nothing, as kubectl has it")
    func keyOnly() throws {
        #expect(try connection("{client-key-data: S0VZ}").settings.identity == nil)
    }

    @Test("a certificate and a token go together")
    func certificateAndToken() async throws {
        let connection = try connection("{client-certificate-data: Q0VSVA==, client-key-data: S0VZ, token: t-0}")
        #expect(connection.settings.identity != nil)
        #expect(try await connection.credentials.headers() == ["Authorization": "Bearer t-0"])
    }

    @Test("a token wins over a plugin, which is not run")
    func tokenOverPlugin() async throws {
        let exec = "{command: /nowhere/login, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}"
        let credentials = try connection("{token: t-0, exec: \(exec)}").credentials
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-0"])
    }

    @Test("impersonation is told in headers, and extra keys are escaped")
    func impersonation() throws {
        let connection = try connection(
            """
            {token: t, as: root, as-uid: '42', as-groups: [admins, 'system:masters'], \
            as-user-extra: {scopes: [view, edit], 'example.org/Team Name': [blue]}}
            """)
        #expect(
            connection.impersonation.fields.map { "\($0.name): \($0.value)" } == [
                "Impersonate-User: root", "Impersonate-Uid: 42", "Impersonate-Group: admins",
                "Impersonate-Group: system:masters", "Impersonate-Extra-scopes: view", "Impersonate-Extra-scopes: edit",
                "Impersonate-Extra-example.org%2FTeam%20Name: blue",
            ])
        #expect(try home.kubeconfig(sandbox(user: "{as: root}")).connection().1.user == "ada as root")
    }
}
