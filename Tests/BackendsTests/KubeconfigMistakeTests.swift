import Foundation
import Testing

@testable import Backends

struct KubeconfigMistakeTests {
    let home = KubeconfigHome()

    private func mistake(_ text: String) -> String { message { try home.kubeconfig(text).connection() } }

    @Test("broken YAML is told with file and line")
    func brokenYAML() {
        #expect(
            mistake("contexts: []\n users: []\n")
                == "kubeconfig ~/.kube/config, line 2: broken YAML: did not find expected key")
        #expect(
            mistake("users:\n- name: \"ada\n")
                == "kubeconfig ~/.kube/config, line 3: broken YAML: found unexpected end of stream")
        #expect(
            mistake("a: b\nc: d\u{1}\n")
                == "kubeconfig ~/.kube/config, line 2: broken YAML: control characters are not allowed")
    }

    @Test("a key that stands twice in one mapping is broken YAML")
    func doubleKey() {
        #expect(
            mistake("users: []\nclusters: []\nusers: []\n")
                == "kubeconfig ~/.kube/config, line 1: broken YAML: these keys stand twice in one mapping: users")
    }

    @Test("bytes that are no text are told")
    func noText() throws {
        home.write(".kube/config", "")
        try Data([0x61, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: home.path + "/.kube/config"))
        #expect(
            message { try Kubeconfig.load(in: home.surroundings) } == "kubeconfig ~/.kube/config: it is not UTF-8 text")
    }

    @Test("a YAML file that is something else is told")
    func somethingElse() {
        #expect(
            mistake("just words\n")
                == "kubeconfig ~/.kube/config, line 1: it is not a kubeconfig: a mapping is expected")
        #expect(
            mistake("apiVersion: apps/v1\nkind: Deployment\n")
                == "kubeconfig ~/.kube/config, line 1: it is a apps/v1 Deployment, not a v1 Config")
        #expect(mistake("contexts: 5\n") == "kubeconfig ~/.kube/config, line 1: contexts must be a list")
        #expect(
            mistake("contexts:\n- sandbox\n")
                == "kubeconfig ~/.kube/config, line 2: contexts[0] must be a mapping")
        #expect(mistake("users:\n- {user: {}}\n") == "kubeconfig ~/.kube/config, line 2: users[0] has no name")
    }

    @Test("a file that cannot be read is told")
    func unreadable() throws {
        try FileManager.default.createDirectory(atPath: home.path + "/folder", withIntermediateDirectories: true)
        home.surroundings.variables["KUBECONFIG"] = "folder"
        #expect(
            message { try Kubeconfig.load(in: home.surroundings) }
                == "kubeconfig ~/folder: it cannot be read: is a directory")
    }

    @Test("a file that the person named must exist")
    func namedFileMissing() {
        #expect(
            message { try Kubeconfig.load(file: "/nowhere/config", in: home.surroundings) }
                == "kubeconfig /nowhere/config: it cannot be read: no such file or directory")
    }

    @Test("a name that stands twice in a list spoils that name only")
    func doubleName() throws {
        let kubeconfig = try home.kubeconfig(
            """
            contexts:
            - {name: a, context: {cluster: c}}
            - {name: b, context: {cluster: c}}
            - {name: a, context: {cluster: d}}
            clusters:
            - {name: c, cluster: {server: 'https://c.example'}}
            """)
        #expect(
            message { try kubeconfig.connection(context: "a") }
                == "kubeconfig ~/.kube/config, line 4: contexts[a] stands here a second time; remove one of the two")
        #expect(try kubeconfig.connection(context: "b").0.server == "https://c.example")
    }

    @Test("values of the wrong kind are told with their place")
    func wrongKinds() {
        #expect(
            mistake(sandbox(user: "{token: [a]}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].token must be text")
        #expect(
            mistake(sandbox(cluster: "{server: 'https://c', insecure-skip-tls-verify: maybe}"))
                == "kubeconfig ~/.kube/config, line 5: clusters[east].insecure-skip-tls-verify must be true or false")
        #expect(
            mistake(sandbox(cluster: "{server: 'https://c', certificate-authority-data: 'a?'}"))
                == "kubeconfig ~/.kube/config, line 5: clusters[east].certificate-authority-data is not valid base64")
        #expect(
            mistake(sandbox(user: "{as-groups: admins}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].as-groups must be a list")
        #expect(
            mistake(sandbox(user: "{as: root, as-user-extra: [a]}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].as-user-extra must be a mapping")
        #expect(
            mistake(sandbox(cluster: "nothing"))
                == "kubeconfig ~/.kube/config, line 5: clusters[east] must be a mapping")
    }

    @Test("plugins that lack something are told")
    func plugins() {
        let v1 = "apiVersion: client.authentication.k8s.io/v1"
        #expect(
            mistake(sandbox(user: "{exec: {\(v1), interactiveMode: Never}}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].exec has no command")
        #expect(
            mistake(sandbox(user: "{exec: {command: login}}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].exec has no apiVersion; "
                + "client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1 exist")
        #expect(
            mistake(sandbox(user: "{exec: {command: login, apiVersion: client.authentication.k8s.io/v1alpha1}}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].exec asks for apiVersion "
                + "client.authentication.k8s.io/v1alpha1; "
                + "client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1 exist")
        #expect(
            mistake(sandbox(user: "{exec: {command: login, \(v1)}}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].exec has no interactiveMode; "
                + "Never, IfAvailable and Always exist")
        #expect(
            mistake(sandbox(user: "{exec: {command: login, \(v1), interactiveMode: Sometimes}}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].exec has the interactiveMode Sometimes; "
                + "Never, IfAvailable and Always exist")
        #expect(
            mistake(sandbox(user: "{exec: {command: login, \(v1), interactiveMode: Never, env: [{value: x}]}}"))
                == "kubeconfig ~/.kube/config, line 7: users[ada].exec.env[0] needs a name")
        #expect(
            mistake(sandbox(user: "{exec: {command: login, \(v1), interactiveMode: Always}}"))
                == "kubeconfig ~/.kube/config, line 7: the plugin login of user ada insists on a terminal "
                + "(interactiveMode: Always), which midwatch keeps for itself; "
                + "use interactiveMode: IfAvailable if it can do without")
    }

    @Test("users that contradict themselves are told")
    func users() {
        #expect(
            mistake(sandbox(user: "{token: a, username: b}"))
                == "kubeconfig ~/.kube/config, line 7: user ada has both a token and a username; remove one of the two")
        #expect(
            mistake(sandbox(user: "{client-certificate-data: YQ==}"))
                == "kubeconfig ~/.kube/config, line 7: user ada has a client-certificate but no key; "
                + "add client-key or client-key-data")
        #expect(
            mistake(sandbox(user: "{as-groups: [admins]}"))
                == "kubeconfig ~/.kube/config, line 7: user ada has as-uid, as-groups or as-user-extra, but no as")
        #expect(
            mistake(sandbox(user: "{auth-provider: {name: gcp}}"))
                == "kubeconfig ~/.kube/config, line 7: user ada has the auth-provider gcp, which Kubernetes gave up "
                + "in 1.26; have your provider's tool write a kubeconfig with an exec plugin")
        #expect(
            mistake(sandbox(user: "{client-certificate: /nowhere/c, client-key-data: YQ==}"))
                == "kubeconfig ~/.kube/config, line 7: the client-certificate of user ada cannot be read: "
                + "/nowhere/c: no such file or directory")
    }

    @Test("clusters that contradict themselves are told")
    func clusters() {
        #expect(
            mistake(sandbox(cluster: "{}")) == "kubeconfig ~/.kube/config, line 5: cluster east has no server")
        #expect(
            mistake(sandbox(cluster: "{server: 'ftp://east.example'}"))
                == "kubeconfig ~/.kube/config, line 5: the server of cluster east is not an http or https address "
                + "without a user name")
        #expect(
            mistake(sandbox(cluster: "{server: 'https://c', insecure-skip-tls-verify: true, certificate-authority: c}"))
                == "kubeconfig ~/.kube/config, line 5: cluster east has both a certificate-authority and "
                + "insecure-skip-tls-verify; remove one of the two")
        #expect(
            mistake(sandbox(cluster: "{server: 'https://c', certificate-authority: /nowhere/ca.crt}"))
                == "kubeconfig ~/.kube/config, line 5: the certificate-authority of cluster east cannot be read: "
                + "/nowhere/ca.crt: no such file or directory")
        #expect(
            mistake(sandbox(cluster: "{server: 'https://c', proxy-url: 'socks4://p:1080'}"))
                == "kubeconfig ~/.kube/config, line 5: the proxy-url of cluster east is not an http, https or socks5 "
                + "address")
    }

    @Test("a password in the server's address is refused without being repeated")
    func passwordInAddress() {
        let words = mistake(sandbox(cluster: "{server: 'https://ada:hunter2@east.example'}"))
        #expect(!words.contains("hunter2"))
        #expect(words.hasPrefix("kubeconfig ~/.kube/config, line 5: the server of cluster east is not"))
    }
}
