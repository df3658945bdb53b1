/// The `sed` that scripts use: `s/a/b/g`, `Np`, `/re/p`, `/re/d`, `Nd`, `N,Mp`, with `-n`, `-e`, `-E`.
struct StreamEditor {
    private enum Command {
        case substitute(LineMatcher, String, all: Bool)
        case print, delete
    }

    private enum Address {
        case all
        case lines(ClosedRange<Int>)
        case match(LineMatcher)
    }

    private let invocation: Invocation
    private let isSilent: Bool
    private let names: [String]
    private var steps: [(Address, Command)] = []

    init(_ invocation: Invocation) throws {
        self.invocation = invocation
        var (options, rest) = try invocation.options("nErs", withValue: "e")
        guard let script = options.value("e") ?? (rest.isEmpty ? nil : rest.removeFirst()) else {
            throw ProgramError("no script")
        }
        isSilent = options.has("n")
        names = rest
        for text in script.split(separator: ";") { steps.append(try Self.step(String(text))) }
    }

    func run() async throws -> Int {
        var output = BufferedOutput(invocation.io.output)
        var number = 0
        for name in names.isEmpty ? ["-"] : names {
            var reader = LineReader(try invocation.open(name))
            while var line = try await reader.nextText() {
                number += 1
                var isDeleted = false
                for (address, command) in steps where !isDeleted && Self.fits(address, number, line) {
                    switch command {
                    case .substitute(let matcher, let template, let all):
                        line = matcher.replaced(line, with: template, all: all)
                    case .print: try await output.line(line)
                    case .delete: isDeleted = true
                    }
                }
                if !isSilent, !isDeleted { try await output.line(line) }
            }
        }
        try await output.flush()
        return 0
    }

    private static func fits(_ address: Address, _ number: Int, _ line: String) -> Bool {
        switch address {
        case .all: true
        case .lines(let range): range.contains(number)
        case .match(let matcher): matcher.matches(line)
        }
    }

    private static func step(_ text: String) throws -> (Address, Command) {
        var rest = text.drop { $0 == " " }
        var address = Address.all
        if rest.first == "/", let end = rest.dropFirst().firstIndex(of: "/") {
            let pattern = String(rest[rest.index(after: rest.startIndex)..<end])
            address = .match(try LineMatcher(pattern, isFixed: false, ignoresCase: false))
            rest = rest[rest.index(after: end)...]
        } else if rest.first?.isNumber == true {
            let numbers = rest.prefix { $0.isNumber || $0 == "," || $0 == "$" }
            let ends = numbers.split(separator: ",")
            let low = Int(ends[0]) ?? 1
            let high = ends.count > 1 ? Int(ends[1]) ?? .max : low
            address = .lines(low...max(low, high))
            rest = rest.dropFirst(numbers.count)
        }
        switch rest.first {
        case "p": return (address, .print)
        case "d": return (address, .delete)
        case "s":
            guard let separator = rest.dropFirst().first else {
                throw ProgramError("bad option in substitution expression")
            }
            let parts = rest.dropFirst(2).split(separator: separator, omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 3 else { throw ProgramError("unmatched '\(separator)'") }
            let matcher = try LineMatcher(parts[0], isFixed: false, ignoresCase: parts[2].contains("i"))
            return (address, .substitute(matcher, parts[1], all: parts[2].contains("g")))
        default: throw ProgramError("unsupported command \(rest)")
        }
    }
}
