import HTTP
import Testing

@testable import Backends

struct KubeconfigClusterTests {
    let home = KubeconfigHome()

    private func connection(_ cluster: String) throws -> KubernetesConnection { try home.connection(cluster: cluster) }

    @Test("the path of a server's address is kept, its last slash is not")
    func path() throws {
        #expect(
            try connection("{server: 'https://rancher.example/k8s/clusters/c-1/'}").server
                == "https://rancher.example/k8s/clusters/c-1")
    }

    @Test("an address without a scheme means TLS where certificates are spoken of")
    func noScheme() throws {
        #expect(try connection("{server: 'east.example:8080'}").server == "http://east.example:8080")
        #expect(
            try connection("{server: 'east.example:6443', insecure-skip-tls-verify: true}").server
                == "https://east.example:6443")
    }

    @Test("the system's authorities are trusted when nothing is said")
    func systemTrust() throws {
        #expect(try connection("{server: 'https://c'}").settings == HTTPServerSettings())
    }

    @Test("an authority as data wins over one as a file")
    func authorityData() throws {
        let cluster = "{server: 'https://c', certificate-authority: /nowhere, certificate-authority-data: Q0E=}"
        #expect(try connection(cluster).settings.trust == .data(Array("CA".utf8)))
    }

    @Test("base64 may be wrapped over several lines")
    func wrappedBase64() throws {
        let cluster = "{server: 'https://c', certificate-authority-data: \"Q0\\n  E=\\n\"}"
        #expect(try connection(cluster).settings.trust == .data(Array("CA".utf8)))
    }

    @Test("verification is off when asked for, and warned of")
    func insecure() throws {
        let text = sandbox(cluster: "{server: 'https://c', insecure-skip-tls-verify: true}")
        let (connection, info) = try home.kubeconfig(text).connection()
        #expect(connection.settings.trust == .insecure)
        #expect(info.warnings == ["TLS verification is off"])
    }

    @Test("an address without TLS is warned of, except on this machine")
    func plain() throws {
        let far = try home.kubeconfig(sandbox(cluster: "{server: 'http://c'}")).connection().1
        let near = try home.kubeconfig(sandbox(cluster: "{server: 'http://127.0.0.1:8001'}")).connection().1
        let six = try home.kubeconfig(sandbox(cluster: "{server: 'http://[::1]:8001'}")).connection().1
        #expect(far.warnings == ["the connection is not encrypted"])
        #expect(near.warnings == [])
        #expect(six.warnings == [])
    }

    @Test("server name, proxy and compression are taken over")
    func theRest() throws {
        let connection = try connection(
            "{server: 'https://c', tls-server-name: api.internal, proxy-url: 'socks5://p:1080', disable-compression: true}"
        )
        #expect(connection.settings.serverName == "api.internal")
        #expect(connection.settings.proxy == "socks5://p:1080")
        #expect(connection.disableCompression)
    }
}
