import Foundation

/// A simulated Jenkins: its remote API, the pipeline REST plugin's `wfapi`, progressive logs, the queue and the agents.
///
/// Every request needs a user and an API token. Shapes are those of Jenkins 2.462 LTS.
final class JenkinsService: Sendable {
    static let version = "2.462.2"

    let state: CompanyState
    var book: RunBook { state.runs }

    init(state: CompanyState) {
        self.state = state
    }

    /// The API token of a person of the company.
    static func token(of login: String, seed: UInt64) -> String {
        var generator = SeededGenerator(seed: seed, "jenkins token of \(login)")
        return "11" + generator.hex(32)
    }

    /// Answers one request; the loopback server's handler.
    func answer(_ request: SimRequest) async -> SimResponse {
        guard let login = login(request) else { return refusal(request) }
        let call = JenkinsCall(request, login: login, at: state.clock.now)
        var response = route(call)
        response.headers += [
            ("X-Content-Type-Options", "nosniff"), ("X-Jenkins", Self.version), ("X-Jenkins-Session", "1a5eed00"),
        ]
        if request.method == "HEAD", case .bytes = response.body { response.body = .bytes([]) }
        return response
    }

    private func login(_ request: SimRequest) -> String? {
        guard let header = request.header("Authorization"), header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)).trimmingCharacters(in: .whitespaces))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, state.company.people.contains(where: { $0.login == parts[0] }),
            parts[1] == Self.token(of: parts[0], seed: state.company.seed)
        else { return nil }
        return parts[0]
    }

    /// Wrong credentials get 401; none at all get what Jenkins shows the anonymous, 403.
    private func refusal(_ request: SimRequest) -> SimResponse {
        let headers = [("X-Jenkins", Self.version), ("WWW-Authenticate", "Basic realm=\"Jenkins\"")]
        let isAnonymous = request.header("Authorization") == nil
        let reason = isAnonymous ? "Authentication required" : "Invalid password/token for user"
        let body = "<html><head><title>Error</title></head><body><h2>\(reason)</h2></body></html>\n"
        return SimResponse(
            status: isAnonymous ? 403 : 401, type: "text/html;charset=utf-8",
            headers: isAnonymous ? [headers[0]] : headers,
            body: Array(body.utf8))
    }

    private func route(_ call: JenkinsCall) -> SimResponse {
        switch call.parts.first {
        case "job": return jobRoute(call)
        case "queue": return queueRoute(call)
        case "computer": return computerRoute(call)
        case "crumbIssuer": return call.answer(crumb(call))
        case "whoAmI", "me": return call.answer(whoAmI(call))
        case "api", nil: return call.answer(root(call))
        case "login", "static": return .text("")
        default: return call.notFound
        }
    }

    private func jobRoute(_ call: JenkinsCall) -> SimResponse {
        var path: [String] = []
        var rest = call.parts[...]
        while rest.count >= 2, rest.first == "job" {
            path.append(rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
        }
        guard let job = book.jobs[path] else { return call.notFound }
        guard let next = rest.first else { return call.answer(export(job, call)) }
        if let run = run(next, of: job, at: call.now) { return runRoute(run, job, Array(rest.dropFirst()), call) }
        switch next {
        case "api": return call.answer(export(job, call))
        case "build", "buildWithParameters": return build(job, call, withParameters: next != "build")
        case "wfapi": return workflow(job, Array(rest.dropFirst()), call)
        default: return call.notFound
        }
    }

    private func runRoute(_ run: SimRun, _ job: JenkinsJob, _ rest: [String], _ call: JenkinsCall) -> SimResponse {
        switch rest.first {
        case nil, "api": return call.answer(export(run, job, call))
        case "logText": return progressive(run, job, call)
        case "consoleText":
            return SimResponse(
                type: "text/plain;charset=utf-8", body: RunLog.plain(RunLog(run, of: job).bytes(at: call.now)))
        case "wfapi", "execution": return workflow(run, job, rest, call)
        case "stop", "term", "kill":
            guard call.request.method == "POST" else { return call.postOnly }
            book.stop(run, at: call.now)
            return SimResponse(status: 302, headers: [("Location", "\(call.base)\(job.urlPath)\(run.number)/")])
        default: return call.notFound
        }
    }

    private func run(_ name: String, of job: JenkinsJob, at now: Date) -> SimRun? {
        guard job.isRunnable else { return nil }
        let runs = book.runs(of: job, at: now)
        if let number = Int(name) { return runs.first { $0.number == number } }
        guard let choice = Self.permalinks.first(where: { $0.name == name }) else { return nil }
        return runs.first { choice.fits($0, now) }
    }

    /// Jenkins' names for a job's newest runs of a kind, which are fields of the job as well.
    static let permalinks: [(name: String, fits: @Sendable (SimRun, Date) -> Bool)] = [
        ("lastBuild", { _, _ in true }),
        ("lastCompletedBuild", { !$0.isBuilding(at: $1) }),
        ("lastFailedBuild", { $0.result(at: $1) == .failure }),
        ("lastStableBuild", { $0.result(at: $1) == .success }),
        ("lastSuccessfulBuild", { [.success, .unstable].contains($0.result(at: $1)) }),
        ("lastUnstableBuild", { $0.result(at: $1) == .unstable }),
        ("lastUnsuccessfulBuild", { ![nil, .success].contains($0.result(at: $1)) }),
    ]

    /// `logText/progressiveText`: raw bytes from `start` on, console notes included; a start beyond the end begins anew.
    private func progressive(_ run: SimRun, _ job: JenkinsJob, _ call: JenkinsCall) -> SimResponse {
        let bytes = RunLog(run, of: job).bytes(at: call.now)
        let wanted = call.request.parameter("start").flatMap { Int($0) } ?? 0
        let start = (0...bytes.count).contains(wanted) ? wanted : 0
        var headers = [("X-Text-Size", "\(bytes.count)")]
        if run.isBuilding(at: call.now) { headers.append(("X-More-Data", "true")) }
        return SimResponse(type: "text/plain;charset=utf-8", headers: headers, body: Array(bytes[start...]))
    }

    private func build(_ job: JenkinsJob, _ call: JenkinsCall, withParameters: Bool) -> SimResponse {
        guard call.request.method == "POST" else { return call.postOnly }
        guard job.isRunnable, !job.isDisabled else { return call.error(409, "\(job.displayName) is not buildable") }
        guard withParameters == !job.parameters.isEmpty else {
            return call.error(
                withParameters ? 500 : 400,
                withParameters ? "\(job.displayName) is not parameterized" : "Nothing is submitted")
        }
        let given = call.request.query + SimRequest.form(String(decoding: call.request.body, as: UTF8.self))
        let parameters = given.filter { job.parameters.contains($0.name) }.reduce(into: [String: String]()) {
            $0[$1.name] = $1.value
        }
        let person = state.company.people.first { $0.login == call.login } ?? state.company.people[0]
        let item = book.enqueue(job, cause: .person(person), parameters: parameters, at: call.now)
        return SimResponse(status: 201, headers: [("Location", "\(call.base)queue/item/\(item)/")])
    }
}
