extension ProgramTable {
    static let network: [String: Program] = [
        "curl": curl, "wget": wget, "nc": netcat, "netstat": netstat, "ss": netstat,
    ]

    private static func network(of invocation: Invocation) -> PodNetwork {
        let identity = invocation.machine.identity
        return PodNetwork(namespace: identity.namespace, pod: identity.pod, ports: identity.ports)
    }

    /// Host, port and path of `http://localhost:8080/x`; only the pod itself can be reached.
    private static func target(_ text: String) throws -> (port: Int, path: String) {
        let rest = text.replacing("http://", with: "")
        guard !rest.hasPrefix("https://") else { throw ProgramError("https is not spoken here", code: 35) }
        let place = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(place.count)
        let parts = place.split(separator: ":")
        guard let host = parts.first, ["localhost", "127.0.0.1"].contains(host) else {
            throw ProgramError("(6) Could not resolve host: \(place)", code: 6)
        }
        return (parts.count > 1 ? Int(parts[1]) ?? 0 : 80, path.isEmpty ? "/" : String(path))
    }

    /// Asks a port of the pod and gives status line, header lines and the source of the body.
    private static func ask(
        _ invocation: Invocation, _ port: Int, _ request: String,
        _ body: (_ head: [String], SharedInput) async throws -> Int
    ) async throws -> Int {
        let network = network(of: invocation)
        guard network.listens(on: port) else {
            throw ProgramError("(7) Failed to connect to localhost port \(port): Connection refused", code: 7)
        }
        let (there, back) = (BytePipe(), BytePipe())
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await network.serve(port, input: there, output: back)
                back.finish()
            }
            defer {
                back.breakOff()
                group.cancelAll()
            }
            try await there.write(Array(request.utf8))
            there.finish()
            let answer = SharedInput(back)
            var head: [String] = []
            while let line = try await answer.line() {
                let text = String(decoding: line.filter { $0 != 13 && $0 != 10 }, as: UTF8.self)
                if text.isEmpty { break }
                head.append(text)
            }
            return try await body(head, answer)
        }
    }

    private static let curl: Program = { invocation in
        var words = invocation.arguments[...]
        var (method, data, url, output): (String?, String?, String?, String?) = (nil, nil, nil, nil)
        var (showsHead, format): (Bool, String?) = (false, nil)
        while let word = words.popFirst() {
            switch word {
            case "-X", "--request": method = words.popFirst()
            case "-d", "--data": data = words.popFirst()
            case "-o", "--output": output = words.popFirst()
            case "-w", "--write-out": format = words.popFirst()
            case "-H", "--header", "-m", "--max-time", "--connect-timeout": _ = words.popFirst()
            case "-i", "--include": showsHead = true
            case "-I", "--head": (method, showsHead) = ("HEAD", true)
            case _ where word.hasPrefix("-"): continue
            default: url = word
            }
        }
        guard let url else { throw ProgramError("no URL specified", code: 2) }
        let (port, path) = try target(url)
        let verb = method ?? (data == nil ? "GET" : "POST")
        let body = data ?? ""
        let request =
            "\(verb) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let (include, file, written) = (showsHead, output, format)
        return try await ask(invocation, port, request) { head, answer in
            if include { try await invocation.print(head.joined(separator: "\r\n") + "\r\n\r\n") }
            var sink = invocation.io.output
            if let file { sink = try Self.sink(file, invocation) }
            while let bytes = try await answer.read(atMost: 1 << 16) { try await sink.write(bytes) }
            let status = head.first?.split(separator: " ").dropFirst().first ?? "000"
            if let written {
                try await invocation.print(EscapeText.decoded(written.replacing("%{http_code}", with: status)))
            }
            return 0
        }
    }

    private static let wget: Program = { invocation in
        let (options, names) = try invocation.options("qS", withValue: "OT")
        guard let url = names.first else { throw ProgramError("missing URL") }
        let (port, path) = try target(url)
        let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        let name = options.value("O") ?? (path.hasSuffix("/") ? "index.html" : Path.name(path))
        return try await ask(invocation, port, request) { head, answer in
            let sink = name == "-" ? invocation.io.output : try Self.sink(name, invocation)
            while let bytes = try await answer.read(atMost: 1 << 16) { try await sink.write(bytes) }
            if !options.has("q") { try await invocation.io.problems.write(Array("'\(name)' saved\n".utf8)) }
            return 0
        }
    }

    private static func sink(_ name: String, _ invocation: Invocation) throws -> any ByteSink {
        if name == "/dev/null" { return Nowhere() }
        let number = try named(name) {
            try invocation.machine.files.openForWriting(invocation.path(name), truncates: true)
        }
        return FileWriter(files: invocation.machine.files, number: number)
    }

    private static let netcat: Program = { invocation in
        let names = invocation.arguments.filter { !$0.hasPrefix("-") }
        guard names.count == 2, let port = Int(names[1]) else { throw ProgramError("usage: nc HOST PORT") }
        let network = network(of: invocation)
        guard network.listens(on: port) else { throw ProgramError("can't connect to remote host: Connection refused") }
        if invocation.arguments.contains("-z") { return 0 }
        await network.serve(port, input: invocation.io.input, output: invocation.io.output)
        return 0
    }

    private static let netstat: Program = { invocation in
        var text = "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
        for port in (network(of: invocation).ports + [PodNetwork.echoPort]).sorted() {
            text +=
                "tcp        0      0 " + "0.0.0.0:\(port)".rightPadded(24) + "0.0.0.0:*".rightPadded(24) + "LISTEN\n"
        }
        try await invocation.print(text)
        return 0
    }
}
