/// The conditions of `test` and `[`.
struct ShellTest {
    private let invocation: Invocation

    init(_ invocation: Invocation) { self.invocation = invocation }

    /// 0 where the condition holds, 1 where it does not.
    func outcome(_ words: [String]) throws -> Int { try holds(words[...]) ? 0 : 1 }

    private func holds(_ words: ArraySlice<String>) throws -> Bool {
        if let index = words.firstIndex(of: "-o"), index > words.startIndex, index < words.endIndex - 1 {
            return try holds(words[..<index]) || holds(words[(index + 1)...])
        }
        if let index = words.firstIndex(of: "-a"), index > words.startIndex, index < words.endIndex - 1 {
            return try holds(words[..<index]) && holds(words[(index + 1)...])
        }
        let list = Array(words)
        switch list.count {
        case 0: return false
        case 1: return !list[0].isEmpty
        case 2 where list[0] == "!": return list[1].isEmpty
        case 2: return try unary(list[0], list[1])
        case 3 where list[0] == "!": return try !unary(list[1], list[2])
        case 3: return try binary(list[0], list[1], list[2])
        case 4 where list[0] == "!": return try !binary(list[1], list[2], list[3])
        default: throw ProgramError("too many arguments", code: 2)
        }
    }

    private func unary(_ operation: String, _ text: String) throws -> Bool {
        // What is not there has none of these qualities.
        let info = try? invocation.machine.files.info(invocation.path(text))
        switch operation {
        case "-z": return text.isEmpty
        case "-n": return !text.isEmpty
        case "-e", "-r", "-w": return info != nil
        case "-f": return info.map { !$0.isDirectory } ?? false
        case "-d": return info?.isDirectory ?? false
        case "-s": return (info?.size ?? 0) > 0
        case "-x": return info.map { $0.isExecutable || $0.isDirectory } ?? false
        case "-t": return text == "0" ? invocation.readsTerminal : invocation.writesToTerminal
        case "-L", "-h":
            let link = try? invocation.machine.files.info(invocation.path(text), follows: false)  // As above.
            return link?.linkTarget != nil
        default: throw ProgramError("\(operation): unknown operand", code: 2)
        }
    }

    private func binary(_ left: String, _ operation: String, _ right: String) throws -> Bool {
        switch operation {
        case "=", "==": return left == right
        case "!=": return left != right
        case "<": return left < right
        case ">": return left > right
        default: break
        }
        guard let a = Int(left), let b = Int(right) else {
            throw ProgramError("\(Int(left) == nil ? left : right): bad number", code: 2)
        }
        switch operation {
        case "-eq": return a == b
        case "-ne": return a != b
        case "-lt": return a < b
        case "-le": return a <= b
        case "-gt": return a > b
        case "-ge": return a >= b
        default: throw ProgramError("\(operation): unknown operand", code: 2)
        }
    }
}
