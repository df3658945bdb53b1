import Foundation
import HTTP
import Testing

@testable import Backends

struct KubeconfigLoadingTests {
    let home = KubeconfigHome()

    @Test("without KUBECONFIG, ~/.kube/config is read")
    func homeFile() throws {
        #expect(try home.kubeconfig(sandbox()).contextNames == ["sandbox"])
    }

    @Test("the files of KUBECONFIG are merged, and the first that has a name wins as a whole")
    func merged() throws {
        home.write(
            "a",
            """
            contexts:
            - {name: sandbox, context: {cluster: east, user: ada}}
            clusters:
            - {name: east, cluster: {server: 'https://first.example'}}
            """)
        home.write(
            "b",
            """
            current-context: production
            contexts:
            - {name: sandbox, context: {cluster: east, user: ada, namespace: ignored}}
            - {name: production, context: {cluster: east, user: ada}}
            clusters:
            - {name: east, cluster: {server: 'https://second.example', tls-server-name: ignored}}
            users:
            - {name: ada, user: {token: t-0}}
            """)
        home.write("c", "current-context: ignored")
        home.surroundings.variables["KUBECONFIG"] = "a:b:c"
        let kubeconfig = try Kubeconfig.load(in: home.surroundings)
        let (connection, info) = try kubeconfig.connection(context: "sandbox")
        #expect(kubeconfig.contextNames == ["sandbox", "production"])
        #expect(kubeconfig.currentContext == "production")
        #expect(connection.server == "https://first.example")
        #expect(connection.settings.serverName == nil)
        #expect(info.defaultNamespace == "default")
    }

    @Test("missing files, empty places and doubles in KUBECONFIG are passed over")
    func missingFiles() throws {
        home.write("a", sandbox())
        home.surroundings.variables["KUBECONFIG"] = ":missing:a::a:folder/missing:"
        let kubeconfig = try Kubeconfig.load(in: home.surroundings)
        #expect(kubeconfig.contextNames == ["sandbox"])
        #expect(kubeconfig.summary.files.map(\.exists) == [false, true, false])
    }

    @Test("an empty KUBECONFIG is none")
    func emptyVariable() throws {
        home.surroundings.variables["KUBECONFIG"] = ""
        #expect(try home.kubeconfig(sandbox()).contextNames == ["sandbox"])
    }

    @Test("a file that the person names is the only one read")
    func namedFile() throws {
        home.write(".kube/config", "current-context: ignored")
        home.write("other", sandbox())
        let kubeconfig = try Kubeconfig.load(file: "other", in: home.surroundings)
        #expect(kubeconfig.currentContext == "sandbox")
    }

    @Test("relative paths are meant from the folder of their file")
    func relativePaths() throws {
        let authority = home.write("conf/pki/ca.crt", "CA")
        let certificate = home.write("conf/me.crt", "CERT")
        let key = home.write("conf/me.key", "KEY")
        home.write(
            "conf/kube",
            sandbox(
                cluster: "{server: 'https://east.example', certificate-authority: pki/ca.crt}",
                user: "{client-certificate: me.crt, client-key: ./me.key}"))
        home.surroundings.variables["KUBECONFIG"] = "conf/kube"
        let settings = try Kubeconfig.load(in: home.surroundings).connection().0.settings
        #expect(settings.trust == .file(authority))
        #expect(
            settings.identity
                == .files(certificate: certificate, key: key.replacingOccurrences(of: "me.key", with: "./me.key")))
    }

    @Test("an empty file, a file of comments and a file of nothing but null are kubeconfigs without contexts")
    func emptyFiles() throws {
        #expect(try home.kubeconfig("").contextNames == [])
        #expect(try home.kubeconfig("# nothing\n").contextNames == [])
        #expect(try home.kubeconfig("contexts: null\nclusters: []\nusers: ~\n").contextNames == [])
    }

    @Test("JSON is YAML")
    func json() throws {
        let text = #"{"kind":"Config","apiVersion":"v1","contexts":[{"name":"a","context":{"cluster":"c"}}]}"#
        #expect(try home.kubeconfig(text).contextNames == ["a"])
    }

    @Test("names that look like numbers stay text")
    func numericNames() throws {
        let kubeconfig = try home.kubeconfig(
            """
            current-context: 0123
            contexts:
            - {name: 0123, context: {cluster: 1.0, user: yes}}
            clusters:
            - {name: 1.0, cluster: {server: 'https://east.example'}}
            users:
            - {name: yes, user: {token: 0777}}
            """)
        #expect(try kubeconfig.connection().1.user == "yes")
    }

    @Test("a file that others can read is warned of, and works")
    func readableByOthers() throws {
        home.write(".kube/config", sandbox(), mode: 0o640)
        let kubeconfig = try Kubeconfig.load(in: home.surroundings)
        let words = "kubeconfig ~/.kube/config is readable by others; run: chmod 600 ~/.kube/config"
        #expect(kubeconfig.warnings == [words])
        #expect(try kubeconfig.connection().1.warnings == [words])
    }

    @Test("a file that only its owner can read is not warned of")
    func readableByOwner() throws {
        #expect(try home.kubeconfig(sandbox()).warnings == [])
    }
}
