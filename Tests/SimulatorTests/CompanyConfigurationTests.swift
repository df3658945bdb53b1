import Foundation
import Testing

@testable import Simulator

@Suite("The demo's configuration")
struct CompanyConfigurationTests {
    @Test("names both environments and the systems around them")
    func text() throws {
        let configuration = DemoConfiguration(
            elasticsearch: ["sandbox": try url(9201), "production": try url(9202)], jenkins: try url(8080),
            alertmanager: try url(9093),
            clusters: Company.lanternpay().clusters,
            tokenFile: URL(fileURLWithPath: "/run/demo/config.yaml.jenkins-token"))
        #expect(
            configuration.text == """
                # Written by the simulator: the make-believe company Lanternpay.
                environments:
                  sandbox:
                    context: sandbox
                    elasticsearch: { url: "http://127.0.0.1:9201", index: "logstash-*" }
                    jenkins: { url: "http://127.0.0.1:8080", user: ada, token: { file: "/run/demo/config.yaml.jenkins-token" } }
                    alertmanager: { url: "http://127.0.0.1:9093" }
                  production:
                    context: production
                    protected: true
                    elasticsearch: { url: "http://127.0.0.1:9202", index: "logstash-*" }
                    jenkins: { url: "http://127.0.0.1:8080", user: ada, token: { file: "/run/demo/config.yaml.jenkins-token" } }
                    alertmanager: { url: "http://127.0.0.1:9093" }

                """)
    }

    @Test("is refused before the simulation has been started")
    func early() async {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("never-written.yaml")
        await #expect(throws: DemoConfigurationError.notStarted) { try await Simulation().writeConfig(to: file) }
    }

    private func url(_ port: Int) throws -> URL { try #require(URL(string: "http://127.0.0.1:\(port)")) }
}
