import Foundation

extension ProgramTable {
    static let filters: [String: Program] = [
        "tail": tail, "grep": grep, "wc": count, "sort": sort, "uniq": unique, "seq": sequence, "yes": yes, "tee": tee,
        "cut": cut, "tr": translate, "rev": reverse, "dd": dump, "base64": base64, "od": octal, "hexdump": octal,
        "sed": { try await StreamEditor($0).run() },
        "less": { invocation in try await programs["cat"]?(invocation) ?? 1 },
        "more": { invocation in try await programs["cat"]?(invocation) ?? 1 },
    ]

    /// Calls the body with each line of each file.
    static func eachLine(_ invocation: Invocation, _ names: [String], _ body: (String, [UInt8]) async throws -> Bool)
        async throws
    {
        for name in names.isEmpty ? ["-"] : names {
            var reader = LineReader(try invocation.open(name))
            while let line = try await reader.next() {
                guard try await body(name, line) else { return }
            }
        }
    }

    private static let tail: Program = { invocation in
        let (options, names) = try invocation.options("fFq", withValue: "nc")
        let name = names.first ?? "-"
        let source = try invocation.open(name)
        if let text = options.value("c"), text.hasPrefix("+"), let start = size(String(text.dropFirst())) {
            try await copy(max(0, start - 1), from: source, to: Nowhere())
            try await copy(.max, from: source, to: invocation.io.output)
        } else if let text = options.value("c"), let count = size(text) {
            if let file = source as? FileReader { file.seek(fromEnd: count) }
            var kept: [UInt8] = []
            while let bytes = try await source.read(atMost: 1 << 16) { kept = (kept + bytes).suffix(count) }
            try await invocation.io.output.write(kept)
        } else {
            let text = options.value("n") ?? "10"
            let count = Int(text.replacing("+", with: "")) ?? 10
            var reader = LineReader(source)
            var output = BufferedOutput(invocation.io.output)
            var kept: [[UInt8]] = []
            var number = 0
            while let line = try await reader.next() {
                number += 1
                if text.hasPrefix("+") {
                    if number >= count { try await output.write(line + [0x0a]) }
                } else {
                    kept.append(line)
                    if kept.count > count * 2 + 64 { kept.removeFirst(kept.count - count) }
                }
            }
            for line in kept.suffix(count) { try await output.write(line + [0x0a]) }
            try await output.flush()
        }
        guard options.has("f") || options.has("F"), let file = source as? FileReader else { return 0 }
        while true {
            try await invocation.machine.clock.sleep(seconds: 0.25)
            while let bytes = try await file.read(atMost: 1 << 16) { try await invocation.io.output.write(bytes) }
        }
    }

    private static let grep: Program = { invocation in
        var (options, names) = try invocation.options("ivncqlEFrowHh", withValue: "em")
        guard let pattern = options.value("e") ?? (names.isEmpty ? nil : names.removeFirst()) else {
            throw ProgramError("missing pattern", code: 2)
        }
        let matcher = try LineMatcher(
            pattern, isFixed: options.has("F"), ignoresCase: options.has("i"), isWord: options.has("w"))
        let most = options.number("m") ?? .max
        var output = BufferedOutput(invocation.io.output)
        var (found, number) = (0, 0)
        try await eachLine(invocation, names) { name, line in
            number += 1
            let text = String(decoding: line, as: UTF8.self)
            guard matcher.matches(text) != options.has("v") else { return true }
            found += 1
            if options.has("q") { return false }
            if !options.has("c"), !options.has("l") {
                let head =
                    (names.count > 1 && !options.has("h") ? name + ":" : "") + (options.has("n") ? "\(number):" : "")
                if options.has("o") {
                    for part in matcher.parts(text) { try await output.line(head + part) }
                } else {
                    try await output.write(Array(head.utf8) + line + [0x0a])
                }
            }
            // Who waits for lines of an endless input wants to see them.
            if invocation.writesToTerminal { try await output.flush() }
            return found < most
        }
        if options.has("c") { try await output.line("\(found)") }
        if options.has("l"), found > 0 { try await output.line(names.first ?? "(standard input)") }
        try await output.flush()
        return found > 0 ? 0 : 1
    }

    private static let count: Program = { invocation in
        let (options, names) = try invocation.options("lwcm")
        var totals = [0, 0, 0]
        for name in names.isEmpty ? ["-"] : names {
            let source = try invocation.open(name)
            var counts = [0, 0, 0]
            var isInWord = false
            let countsWords = options.has("w") || !(options.has("l") || options.has("c"))
            while let bytes = try await source.read(atMost: 1 << 16) {
                counts[2] += bytes.count
                if options.has("c"), !options.has("l"), !countsWords { continue }
                bytes.withUnsafeBufferPointer { buffer in
                    for byte in buffer {
                        if byte == 0x0a { counts[0] += 1 }
                        let isBlank = byte == 0x20 || (byte >= 9 && byte <= 13)
                        if isInWord, isBlank { counts[1] += 1 }
                        isInWord = !isBlank
                    }
                }
            }
            if isInWord { counts[1] += 1 }
            totals = zip(totals, counts).map { $0 + $1 }
            try await invocation.print(counted(counts, options, name == "-" ? "" : name) + "\n")
        }
        if names.count > 1 { try await invocation.print(counted(totals, options, "total") + "\n") }
        return 0
    }

    private static func counted(_ counts: [Int], _ options: Options, _ name: String) -> String {
        let wanted = zip("lwc", counts).filter { options.has($0.0) }.map { "\($0.1)" }
        let columns = wanted.isEmpty ? counts.map { "\($0)".leftPadded(9) } : wanted
        return (columns + (name.isEmpty ? [] : [name])).joined(separator: " ")
    }

    private static let sort: Program = { invocation in
        let (options, names) = try invocation.options("rnuhf", withValue: "kt")
        var lines: [String] = []
        try await eachLine(invocation, names) { _, line in
            lines.append(String(decoding: line, as: UTF8.self))
            guard lines.count < 2_000_000 else { throw ProgramError("out of memory") }
            return true
        }
        let column = options.value("k").flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        func key(_ line: String) -> Substring {
            guard column > 0 else { return line[...] }
            let fields = line.split(separator: options.value("t")?.first ?? " ")
            return column <= fields.count ? fields[column - 1] : ""
        }
        if options.has("n") || options.has("h") {
            func number(_ line: String) -> Double {
                Double(key(line).drop { $0 == " " }.prefix { $0.isNumber || $0 == "." || $0 == "-" }) ?? 0
            }
            lines.sort { number($0) < number($1) }
        } else {
            lines.sort { key($0) < key($1) }
        }
        if options.has("r") { lines.reverse() }
        var output = BufferedOutput(invocation.io.output)
        var last: String?
        for line in lines where !(options.has("u") && line == last) {
            try await output.line(line)
            last = line
        }
        try await output.flush()
        return 0
    }

    private static let unique: Program = { invocation in
        let (options, names) = try invocation.options("cdu")
        var output = BufferedOutput(invocation.io.output)
        var (last, times): ([UInt8]?, Int) = (nil, 0)
        func write(_ output: inout BufferedOutput, _ line: [UInt8]?, _ times: Int) async throws {
            guard let line, !(options.has("d") && times < 2), !(options.has("u") && times > 1) else { return }
            let head = options.has("c") ? "\(times)".leftPadded(7) + " " : ""
            try await output.write(Array(head.utf8) + line + [0x0a])
        }
        for name in names.isEmpty ? ["-"] : names {
            var reader = LineReader(try invocation.open(name))
            while let line = try await reader.next() {
                if line != last {
                    try await write(&output, last, times)
                    (last, times) = (line, 0)
                }
                times += 1
            }
        }
        try await write(&output, last, times)
        try await output.flush()
        return 0
    }

    private static let sequence: Program = { invocation in
        let numbers = invocation.arguments.compactMap { Int($0) }
        guard !numbers.isEmpty, numbers.count == invocation.arguments.count else {
            throw ProgramError("invalid number")
        }
        let step = numbers.count > 2 ? numbers[1] : 1
        guard step != 0 else { throw ProgramError("increment is zero") }
        var output = BufferedOutput(invocation.io.output)
        for number in stride(from: numbers.count > 1 ? numbers[0] : 1, through: numbers[numbers.count - 1], by: step) {
            try await output.line("\(number)")
        }
        try await output.flush()
        return 0
    }

    private static let yes: Program = { invocation in
        let line = (invocation.arguments.isEmpty ? "y" : invocation.arguments.joined(separator: " ")) + "\n"
        let block = Array(String(repeating: line, count: max(1, 16_384 / line.utf8.count)).utf8)
        while true { try await invocation.io.output.write(block) }
    }

    private static let tee: Program = { invocation in
        let (options, names) = try invocation.options("a")
        let files = invocation.machine.files
        let numbers = try names.map { name in
            try named(name) { try files.openForWriting(invocation.path(name), truncates: !options.has("a")) }
        }
        while let bytes = try await invocation.io.input.read(atMost: 1 << 16) {
            for number in numbers { try files.append(bytes, to: number) }
            try await invocation.io.output.write(bytes)
        }
        return 0
    }

    private static let cut: Program = { invocation in
        let (options, names) = try invocation.options("s", withValue: "dfc")
        let list = options.value("f") ?? options.value("c") ?? "1"
        let ranges = list.split(separator: ",").map { part -> ClosedRange<Int> in
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            let low = max(1, Int(ends[0]) ?? 1)
            return low...max(low, ends.count > 1 ? Int(ends[1]) ?? .max : low)
        }
        let separator = options.value("d")?.first ?? "\t"
        var output = BufferedOutput(invocation.io.output)
        try await eachLine(invocation, names) { _, line in
            let text = String(decoding: line, as: UTF8.self)
            let fields =
                options.has("c")
                ? text.map(String.init)
                : text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
            let chosen = fields.enumerated().filter { index, _ in ranges.contains { $0.contains(index + 1) } }.map(
                \.element)
            let whole = fields.count == 1 && !options.has("c")
            try await output.line(whole ? text : chosen.joined(separator: options.has("c") ? "" : String(separator)))
            return true
        }
        try await output.flush()
        return 0
    }

    private static let translate: Program = { invocation in
        let (options, sets) = try invocation.options("ds")
        guard let first = sets.first.map(CharacterList.bytes), !first.isEmpty else {
            throw ProgramError("missing operand")
        }
        let second = sets.count > 1 ? CharacterList.bytes(sets[1]) : []
        var table = (0...255).map { UInt8($0) }
        for (index, byte) in first.enumerated() where !second.isEmpty {
            table[Int(byte)] = second[min(index, second.count - 1)]
        }
        let dropped = Set(options.has("d") ? first : [])
        while let bytes = try await invocation.io.input.read(atMost: 1 << 16) {
            let kept = bytes.filter { !dropped.contains($0) }.map { table[Int($0)] }
            if !kept.isEmpty { try await invocation.io.output.write(kept) }
        }
        return 0
    }

    private static let reverse: Program = { invocation in
        try await eachLine(invocation, invocation.arguments) { _, line in
            try await invocation.print(String(String(decoding: line, as: UTF8.self).reversed()) + "\n")
            return true
        }
        return 0
    }

    private static let dump: Program = { invocation in
        var values: [String: String] = [:]
        for word in invocation.arguments {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        let source = try values["if"].map { try invocation.open($0) } ?? invocation.io.input
        var sink = invocation.io.output
        if let target = values["of"] {
            let number = try named(target) {
                try invocation.machine.files.openForWriting(invocation.path(target), truncates: true)
            }
            sink = FileWriter(files: invocation.machine.files, number: number)
            if target == "/dev/null" { sink = Nowhere() }
        }
        let block = values["bs"].flatMap(size) ?? 512
        let (total, isTooLarge) =
            values["count"].flatMap(size).map { $0.multipliedReportingOverflow(by: block) } ?? (.max, false)
        guard block > 0, !isTooLarge else { throw ProgramError("number too large") }
        var copied = 0
        while copied < total, let bytes = try await source.read(atMost: min(total - copied, 1 << 16)) {
            copied += bytes.count
            try await sink.write(bytes)
        }
        try await invocation.io.problems.write(
            Array("\(copied / block)+0 records in\n\(copied / block)+0 records out\n".utf8))
        return 0
    }

    private static let base64: Program = { invocation in
        let (options, names) = try invocation.options("d", withValue: "w")
        let bytes = try await Bytes.all(of: invocation.open(names.first ?? "-"))
        guard options.has("d") else {
            let text = Data(bytes).base64EncodedString(
                options: options.value("w") == "0" ? [] : .lineLength76Characters)
            try await invocation.print(text.replacing("\r\n", with: "\n") + "\n")
            return 0
        }
        guard let plain = Data(base64Encoded: Data(bytes), options: .ignoreUnknownCharacters) else {
            throw ProgramError("truncated input")
        }
        try await invocation.io.output.write(Array(plain))
        return 0
    }

    private static let octal: Program = { invocation in
        let names = invocation.arguments.filter { !$0.hasPrefix("-") && $0 != "x1" }
        let source = try invocation.open(names.first ?? "-")
        var output = BufferedOutput(invocation.io.output)
        var offset = 0
        while let bytes = try await source.read(atMost: 16) {
            let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
            let place = String(offset, radix: 16)
            try await output.line(String(repeating: "0", count: max(0, 7 - place.count)) + place + " " + hex)
            offset += bytes.count
        }
        try await output.flush()
        return 0
    }
}
