import Foundation
import Synchronization

/// What a shell remembers between two commands; a subshell works on a copy.
struct ShellState: Sendable {
    var variables: [String: String] = [:]
    var exported: Set<String> = []
    var positional: [String] = []
    var name = "sh"
    var directory: String
    var status = 0
    var stopsOnError = false
    var traces = false
    var functions: [String: ShellScript] = [:]
    /// Functions and jobs within each other.
    var depth = 0
    /// The numbers of its own jobs.
    var background: [Int] = []

    var environment: [String: String] { variables.filter { exported.contains($0.key) } }
}

/// Ways out of the middle of a script.
enum ShellJump: Error {
    case exit(Int)
    case leave(loops: Int)
    case again(loops: Int)
    case back(Int)
}

/// The shell of a container: runs scripts over the programs of its machine.
struct Shell: Sendable {
    let machine: ContainerMachine
    let terminal: Terminal?
    var state: ShellState
    let io: ProcessIO

    init(_ invocation: Invocation, name: String, arguments: [String]) {
        machine = invocation.machine
        terminal = invocation.terminal
        io = invocation.io
        state = ShellState(positional: arguments, name: name, directory: invocation.directory)
        state.variables = invocation.environment
        state.variables["PWD"] = invocation.directory
        state.exported = Set(invocation.environment.keys)
    }

    /// Runs a script to its end and gives the exit code.
    func run(_ text: String) async throws -> Int {
        var state = state
        return await Self.exitCode { try await execute(text, &state) }
    }

    /// Runs a script on a state that outlives it: a line at a prompt.
    func execute(_ text: String, _ state: inout ShellState) async throws -> Int {
        do {
            let script = try ShellParser.parse(text)
            return try await run(script, &state, io)
        } catch let error as ShellSyntaxError {
            try await complain(error.text, io)
            state.status = 2
            return 2
        } catch let error as ProgramError {
            try await complain(error.text, io)
            state.status = error.code
            return error.code
        }
    }

    static func exitCode(_ body: () async throws -> Int) async -> Int {
        do {
            return try await body()
        } catch ShellJump.exit(let code) {
            return code
        } catch ShellJump.back(let code) {
            return code
        } catch is CancellationError {
            return 130
        } catch {
            return 1
        }
    }

    func complain(_ text: String, _ io: ProcessIO) async throws {
        try await io.problems.write(Array("\(state.name): \(text)\n".utf8))
    }
}

// MARK: Lists and pipelines
extension Shell {
    @discardableResult
    func run(_ script: ShellScript, _ state: inout ShellState, _ io: ProcessIO) async throws -> Int {
        for item in script.items {
            try Task.checkCancellation()
            if item.isBackground {
                state.background.append(startJob(item, state, io))
                state.status = 0
                continue
            }
            var status = try await run(item.first, &state, io)
            for next in item.rest where next.isAnd == (status == 0) {
                status = try await run(next.pipeline, &state, io)
            }
            state.status = status
            if status != 0, state.stopsOnError, item.rest.isEmpty, !item.first.isNegated {
                throw ShellJump.exit(status)
            }
        }
        return state.status
    }

    /// Runs a chain beside everything else; without a terminal's input, as in every shell.
    private func startJob(_ item: ShellScript.AndOr, _ state: ShellState, _ io: ProcessIO) -> Int {
        var (item, inner) = (item, state)
        item.isBackground = false
        inner.depth += 1
        let state = inner
        let (script, own) = (
            ShellScript(items: [item]), ProcessIO(input: TextSource(""), output: io.output, problems: io.problems)
        )
        return machine.jobs.start {
            _ = try? await subshell(state) { try await run(script, &$0, own) }  // Nobody asks how it went.
        }
    }

    private func run(_ pipeline: ShellScript.Pipeline, _ state: inout ShellState, _ io: ProcessIO) async throws -> Int {
        let status =
            pipeline.commands.count == 1
            ? try await run(pipeline.commands[0], &state, io) : try await runStages(pipeline.commands, state, io)
        let outcome = pipeline.isNegated ? (status == 0 ? 1 : 0) : status
        state.status = outcome
        return outcome
    }

    /// Runs the stages side by side, each in a subshell; the last one's code is the pipeline's.
    private func runStages(_ commands: [ShellCommand], _ state: ShellState, _ io: ProcessIO) async throws -> Int {
        let pipes = (1..<commands.count).map { _ in BytePipe() }
        return try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for (index, command) in commands.enumerated() {
                var stage = io
                if index > 0 { stage.input = pipes[index - 1] }
                if index < pipes.count { stage.output = pipes[index] }
                let (own, stageIO) = (state, stage)
                group.addTask {
                    defer {
                        if index > 0 { pipes[index - 1].breakOff() }
                        if index < pipes.count { pipes[index].finish() }
                    }
                    let code = try await subshell(own) { state in try await run(command, &state, stageIO) }
                    return (index, code)
                }
            }
            var last = 0
            for try await (index, code) in group where index == commands.count - 1 { last = code }
            return last
        }
    }

    /// Runs on a copy of the state; an `exit` ends the copy only.
    func subshell(_ state: ShellState, _ body: (inout ShellState) async throws -> Int) async throws -> Int {
        var own = state
        do {
            return try await body(&own)
        } catch ShellJump.exit(let code) {
            return code
        } catch PipeError.broken {
            return 141
        }
    }

    func run(_ command: ShellCommand, _ state: inout ShellState, _ io: ProcessIO) async throws -> Int {
        switch command {
        case .simple(let assignments, let words, let redirections):
            return try await runSimple(assignments, words, redirections, &state, io)
        case .function(let name, let body):
            state.functions[name] = body
            return 0
        case .group(let body, let isSubshell, let redirections):
            return try await redirected(redirections, &state, io) { state, io in
                guard isSubshell else { return try await run(body, &state, io) }
                return try await subshell(state) { try await run(body, &$0, io) }
            }
        case .choice(let branches, let otherwise, let redirections):
            return try await redirected(redirections, &state, io) { state, io in
                for branch in branches where try await run(branch.condition, &state, io) == 0 {
                    return try await run(branch.body, &state, io)
                }
                state.status = 0
                guard let otherwise else { return 0 }
                return try await run(otherwise, &state, io)
            }
        case .match(let word, let arms, let redirections):
            return try await redirected(redirections, &state, io) { state, io in
                let text = try await text(of: word, &state, io)
                for arm in arms {
                    for pattern in arm.patterns where Glob.fits(try await self.text(of: pattern, &state, io), text) {
                        return try await run(arm.body, &state, io)
                    }
                }
                return 0
            }
        case .loop(let condition, let isUntil, let body, let redirections):
            return try await redirected(redirections, &state, io) { state, io in
                var status = 0
                while try await (run(condition, &state, io) == 0) != isUntil {
                    await Task.yield()
                    guard let last = try await turn(body, &state, io) else { break }
                    status = last
                }
                return status
            }
        case .forEach(let name, let words, let body, let redirections):
            return try await redirected(redirections, &state, io) { state, io in
                var values = state.positional
                if let words { values = try await expand(words, &state, io) }
                var status = 0
                for value in values {
                    state.variables[name] = value
                    guard let last = try await turn(body, &state, io) else { break }
                    status = last
                }
                return status
            }
        }
    }

    /// One turn of a loop; nil where it is left.
    private func turn(_ body: ShellScript, _ state: inout ShellState, _ io: ProcessIO) async throws -> Int? {
        do {
            return try await run(body, &state, io)
        } catch ShellJump.leave(let loops) {
            if loops > 1 { throw ShellJump.leave(loops: loops - 1) }
            return nil
        } catch ShellJump.again(let loops) {
            if loops > 1 { throw ShellJump.again(loops: loops - 1) }
            return 0
        }
    }
}
