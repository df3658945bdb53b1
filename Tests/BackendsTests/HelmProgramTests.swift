import Foundation
import Testing

@testable import Backends

/// Real programs, small scripts of `/bin/sh`, in helm's place: helm itself is no package of Debian's.
struct HelmProgramTests {
    private let home = KubeconfigHome()
    private let permit = WritePermit("production", .change)

    private func program(_ script: String) throws -> HelmProgram {
        home.write("bin/helm", "#!/bin/sh\n" + script, mode: 0o700)
        return try HelmProgram(variables: ["PATH": home.path + "/bin:/usr/bin:/bin", "KUBECONFIG": "/k"])
    }

    @Test("helm gets namespace, context and revision, reads the person's kubeconfig, and its last line is the answer")
    func arguments() async throws {
        let program = try program(#"echo "$KUBECONFIG"; echo "$@""#)
        let words = try await program.rollBack(
            "shop", namespace: "web", to: 3, context: "east", permit: permit)
        #expect(words == "rollback --namespace web --kube-context east -- shop 3")
    }

    @Test("a helm that fails says so with its own last words")
    func failure() async throws {
        let program = try program("echo noise >&2; echo 'Error: release: not found' >&2; exit 1")
        await #expect(
            throws: HelmProgram.Fault(
                message: "helm ended with exit code 1: Error: release: not found", isUncertain: false)
        ) {
            try await program.rollBack("shop", namespace: "web", to: 3, context: nil, permit: permit)
        }
    }

    @Test("a helm that is killed leaves open what it did")
    func killed() async throws {
        let program = try program("kill -9 $$")
        await #expect(throws: HelmProgram.Fault(message: "helm was killed by signal 9", isUncertain: true)) {
            try await program.rollBack("shop", namespace: "web", to: 3, context: nil, permit: permit)
        }
    }

    @Test("a rehearsal runs no helm")
    func rehearsal() async throws {
        let program = try program("touch \(home.path)/ran")
        await #expect(throws: HelmProgram.Fault(message: "a rehearsal does not run helm", isUncertain: false)) {
            try await program.rollBack(
                "shop", namespace: "web", to: 3, context: nil, permit: WritePermit("production", .rehearsal))
        }
        #expect(FileManager.default.fileExists(atPath: home.path + "/ran") == false)
    }

    @Test("without helm the words say what is missing")
    func missing() {
        #expect(throws: HelmProgram.Fault(message: "the helm program is not installed", isUncertain: false)) {
            try HelmProgram(variables: ["PATH": home.path + "/bin"])
        }
    }
}
