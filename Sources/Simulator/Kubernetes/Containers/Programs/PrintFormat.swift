import Foundation

/// The format of `printf`: used again for as long as there are arguments.
struct PrintFormat {
    private enum Piece {
        case text([UInt8])
        case conversion(flags: String, kind: Character)
    }

    private var pieces: [Piece] = []

    init(_ format: String) {
        var text = ""
        var characters = Array(format)[...]
        while let character = characters.popFirst() {
            guard character == "%" else {
                text.append(character)
                continue
            }
            if characters.first == "%" {
                characters = characters.dropFirst()
                text += "%"
                continue
            }
            let flags = characters.prefix { "-+ 0#.123456789".contains($0) }
            guard let kind = characters.dropFirst(flags.count).first, "sdixXobc".contains(kind) else {
                text += "%"
                continue
            }
            characters = characters.dropFirst(flags.count + 1)
            pieces.append(.text(EscapeText.bytes(text)))
            text = ""
            pieces.append(.conversion(flags: String(flags), kind: kind))
        }
        pieces.append(.text(EscapeText.bytes(text)))
    }

    func bytes(_ arguments: [String]) -> [UInt8] {
        var rest = arguments[...]
        var out: [UInt8] = []
        repeat {
            let before = rest.count
            for piece in pieces {
                switch piece {
                case .text(let bytes): out += bytes
                case .conversion(let flags, let kind): out += Self.convert(rest.popFirst() ?? "", flags, kind)
                }
            }
            if rest.count == before { break }
        } while !rest.isEmpty
        return out
    }

    private static func convert(_ argument: String, _ flags: String, _ kind: Character) -> [UInt8] {
        let parts = flags.split(separator: ".", omittingEmptySubsequences: false)
        let head = String(parts.first ?? "")
        let isLeft = head.contains("-")
        let width = min(Int(head.drop { "-+ 0#".contains($0) }) ?? 0, 4096)
        let precision = parts.count > 1 ? Int(parts[1]) ?? 0 : nil
        var body: [UInt8]
        switch kind {
        case "s": body = Array(precision.map { String(argument.prefix($0)) } ?? argument).flatMap { Array($0.utf8) }
        case "b": body = EscapeText.bytes(argument)
        case "c": body = Array(argument.utf8.prefix(1))
        default:
            let number = Int(argument) ?? Int(argument.dropFirst(2), radix: 16) ?? 0
            let radix = kind == "x" || kind == "X" ? 16 : kind == "o" ? 8 : 10
            body = Array(String(number, radix: radix, uppercase: kind == "X").utf8)
        }
        guard body.count < width else { return body }
        let isZero = head.first == "0" && kind != "s" && !isLeft
        let padding = [UInt8](repeating: isZero ? 0x30 : 0x20, count: width - body.count)
        return isLeft ? body + padding : padding + body
    }
}
