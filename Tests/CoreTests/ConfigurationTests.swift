import Foundation
import Testing

@testable import Core

@Suite("The configuration")
struct ConfigurationTests {
    @Test("reads everything that can be said of an environment")
    func whole() throws {
        let configuration = try Configuration(yaml: Self.everything, file: "config.yaml")
        var jenkins = SystemConfiguration(url: "https://jenkins.lantern.example/ci")
        jenkins.user = "ada"
        jenkins.token = .env("JENKINS_TOKEN")
        jenkins.ca = "/etc/ssl/lantern.pem"
        jenkins.serverName = "jenkins.internal"
        jenkins.proxy = "socks5://127.0.0.1:1080"
        var elasticsearch = SystemConfiguration(url: "https://logging.lantern.example:9200")
        elasticsearch.index = "logs-*"
        elasticsearch.apiKey = .command(["pass", "show", "elastic"])
        var alertmanager = SystemConfiguration(url: "http://127.0.0.1:9093")
        alertmanager.insecure = true
        alertmanager.user = "ada"
        alertmanager.password = .file("~/am")
        var production = EnvironmentConfiguration(name: "production")
        production.context = "prod-eu"
        production.protected = true
        production.readOnly = true
        production.namespaces = ["payments", "ledger"]
        production.jenkins = jenkins
        production.elasticsearch = elasticsearch
        production.alertmanager = alertmanager
        production.line = 2
        #expect(configuration.environments == [production])
        #expect(configuration.aliases == ["dp": "deployments payments"])
        #expect(
            configuration.keys == [
                .init(command: "describe", keys: ["d"], line: 37),
                .init(command: "logs", keys: ["l", "ctrl-l"], line: 38),
                .init(command: "delete", keys: [], line: 39),
            ])
        #expect(configuration.logs.memory == 32 << 20)
        #expect(configuration.ui.clipboard == .off)
        #expect(configuration.ui.colour == .palette)
        #expect(configuration.ui.mouse == false)
        #expect(configuration.ui.tick == 0.5)
    }

    @Test("is all defaults for an empty file")
    func empty() throws {
        #expect(try Configuration(yaml: "", file: "config.yaml") == Configuration())
        #expect(try Configuration(yaml: "# nothing\nui:\n", file: "config.yaml") == Configuration())
    }

    @Test("the shipped file holds exactly the defaults")
    func shipped() throws {
        #expect(try Configuration(yaml: Self.shippedFile, file: "config.default.yaml") == Configuration())
    }

    @Test("the shipped file's examples are valid once they are uncommented")
    func shippedExamples() throws {
        let text = Self.shippedFile.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("#") && $0.firstMatch(of: /^# \S/) == nil ? String($0.dropFirst()) : String($0) }
            .joined(separator: "\n")
        let configuration = try Configuration(yaml: text, file: "config.default.yaml")
        #expect(configuration.environments.map(\.name) == ["sandbox"])
        #expect(configuration.environments.first?.jenkins?.token == .env("JENKINS_TOKEN"))
        #expect(
            configuration.environments.first?.alertmanager?.url == "service://monitoring/alertmanager-operated:9093")
        #expect(configuration.keys.count == 3)
        #expect(configuration.aliases.count == 1)
    }

    @Test("the usual place follows XDG_CONFIG_HOME, then HOME")
    func place() {
        #expect(
            ConfigurationFile.usualPath(variables: ["XDG_CONFIG_HOME": "/x", "HOME": "/h"]) == "/x/midwatch/config.yaml"
        )
        #expect(ConfigurationFile.usualPath(variables: ["HOME": "/h"]) == "/h/.config/midwatch/config.yaml")
        #expect(ConfigurationFile.usualPath(variables: [:]) == nil)
    }

    @Test("a missing usual file means defaults, a missing named one is an error")
    func missing() throws {
        #expect(try ConfigurationFile.load(nil, variables: ["HOME": "/nonexistent"]) == Configuration())
        #expect(
            throws: ConfigurationError(
                file: "/nonexistent/c.yaml",
                mistakes: [.init(line: 0, words: "cannot be read: no such file or directory")])
        ) { try ConfigurationFile.load("/nonexistent/c.yaml", variables: [:]) }
    }

    static let shippedFile: String = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (try? String(contentsOf: root.appendingPathComponent("config.default.yaml"), encoding: .utf8))
            ?? "absent"
    }()

    static let everything = """
        environments:
          production:
            context: prod-eu
            protected: true
            readOnly: true
            namespaces: [payments, ledger]
            elasticsearch:
              url: https://logging.lantern.example:9200
              index: logs-*
              apiKey: { command: [pass, show, elastic] }
            jenkins:
              url: https://jenkins.lantern.example/ci/
              user: ada
              token: { env: JENKINS_TOKEN }
              ca: /etc/ssl/lantern.pem
              serverName: jenkins.internal
              proxy: socks5://127.0.0.1:1080
            alertmanager:
              url: http://127.0.0.1:9093
              insecure: true
              user: ada
              password:
                file: ~/am
        ui:
          theme: light
          mouse: false
          ascii: true
          colour: 256
          clipboard: off
          tick: 0.5
        logs:
          memory: 32MB
          tail: 100
        aliases:
          dp: deployments payments
        keys:
          describe: d
          logs: [l, ctrl-l]
          delete: none
        """
}
