import Dispatch

/// One run of a user's plugin, from finding the program to its answer.
struct ExecRun: Sendable {
    let user: String
    let plugin: ExecPlugin
    let request: ExecRequest
    let surroundings: KubernetesSurroundings

    private static let queue = DispatchQueue(label: "midwatch.plugins", attributes: .concurrent)

    /// Throws `KubernetesError.credentials`. The wait happens on a thread that no task needs.
    func callAsFunction() async throws -> ExecAnswer {
        try await withCheckedThrowingContinuation { continuation in
            Self.queue.async { continuation.resume(with: Result { try answer() }) }
        }
    }

    private func answer() throws(KubernetesError) -> ExecAnswer {
        let program = try program()
        let process: PluginProcess
        defer { surroundings.pluginEnded(user) }
        do throws(PluginProcess.StartFault) {
            process = try PluginProcess.run(
                program, arguments: [plugin.command] + plugin.arguments, variables: variables,
                timeLimit: surroundings.pluginTimeLimit,
                hears: { surroundings.pluginSaid(user, String(decoding: $0, as: UTF8.self)) })
        } catch {
            throw fault("could not be started: \(error.words)")
        }
        let complaint = String(decoding: process.complaint, as: UTF8.self)
        guard process.ending == .exited(code: 0) else { throw failure(process.ending, complaint) }
        do throws(ExecAnswer.Fault) {
            return try ExecAnswer(output: process.output, version: plugin.version)
        } catch {
            throw fault(error.cause, output: complaint)
        }
    }

    private func program() throws(KubernetesError) -> String {
        let path = surroundings.variables["PATH"] ?? ""
        switch ProgramSearch.find(plugin.command, path: path, currentFolder: surroundings.currentFolder) {
        case .found(let program): return program
        case .notExecutable(let program):
            throw fault("cannot be run: \(program) is not executable", advice: "try: chmod +x \(program)")
        case .onlyInCurrentFolder:
            throw fault(
                "was found in the current folder only, from where midwatch runs nothing",
                advice: "write its full path into the kubeconfig")
        case .missing:
            let advice = "install it, or write its full path into the kubeconfig"
            let hint = plugin.installHint.trimmedOfWhitespace
            throw fault("is not installed", advice: hint.isEmpty ? advice : hint)
        }
    }

    /// The process's own variables, then the kubeconfig's, then the request; a later one of a name wins.
    private var variables: [String] {
        var all = surroundings.variables
        for variable in plugin.variables { all[variable.name] = variable.value.revealedText }
        all["KUBERNETES_EXEC_INFO"] = request.json
        return all.map { "\($0.key)=\($0.value)" }
    }

    private func failure(_ ending: PluginProcess.Ending, _ complaint: String) -> KubernetesError {
        let words =
            switch ending {
            case .exited(let code): "ended with exit code \(code)"
            case .killed(let signal): "was killed by signal \(signal)"
            case .timedOut: "gave no answer within \(Int(surroundings.pluginTimeLimit.rounded(.up))) s and was stopped"
            case .tooMuchOutput: "printed more than \(PluginProcess.outputLimit >> 20) MiB and was stopped"
            }
        let last = complaint.split(whereSeparator: \.isNewline).map { String($0).trimmedOfWhitespace }
            .last { !$0.isEmpty }
        return fault(last.map { "\(words): \($0.prefix(300))" } ?? words, output: complaint)
    }

    private func fault(_ words: String, advice: String = "", output: String = "") -> KubernetesError {
        .credentials(
            CredentialsFault(
                user: user, cause: "the plugin \(plugin.shortName) \(words)", advice: advice, output: output))
    }
}
