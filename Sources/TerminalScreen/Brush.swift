import Canvas

/// How a program draws now: what its SGR sequences have added up to.
struct Brush {
    var attributes: CellStyle.Attributes = []
    var foreground = Colour.standard
    var background = Colour.standard
    /// What is written cannot be seen.
    var isConcealed = false

    var style: CellStyle { CellStyle(.text, on: .plain, attributes, paint: Paint(foreground, on: background)) }
    /// Erased places take the background along and nothing else.
    var erased: Cell {
        background == .standard ? .blank : .blank(style: CellStyle(.text, paint: Paint(.standard, on: background)))
    }

    /// Takes in one SGR sequence. Source: ECMA-48 8.3.117, and xterm's ctlseqs for 38, 48 and their colon forms.
    mutating func apply(_ parameters: Parameters) {
        var index = 0
        if parameters.count == 0 { self = Brush() }
        while index < parameters.count {
            let code = parameters[index]
            switch code {
            case 38: index += Self.colour(parameters, index, &foreground)
            case 48: index += Self.colour(parameters, index, &background)
            case 58:
                var unused = Colour.standard  // underlines have the text's colour here
                index += Self.colour(parameters, index, &unused)
            case 4 where parameters.isSub(index + 1):
                attributes.set(.underline, parameters[index + 1] != 0)
                index += 1 + parameters.subCount(after: index)
            default:
                apply(code)
                index += 1 + parameters.subCount(after: index)
            }
        }
    }

    private mutating func apply(_ code: Int) {
        switch code {
        case 0: self = Brush()
        case 1: attributes.insert(.bold)
        case 2: attributes.insert(.dim)
        case 3: attributes.insert(.italic)
        case 4, 21: attributes.insert(.underline)
        case 7: attributes.insert(.reverse)
        case 8: isConcealed = true
        case 22: attributes.subtract([.bold, .dim])
        case 23: attributes.remove(.italic)
        case 24: attributes.remove(.underline)
        case 27: attributes.remove(.reverse)
        case 28: isConcealed = false
        case 30...37: foreground = .named(UInt8(code - 30))
        case 39: foreground = .standard
        case 40...47: background = .named(UInt8(code - 40))
        case 49: background = .standard
        case 90...97: foreground = .named(UInt8(code - 82))
        case 100...107: background = .named(UInt8(code - 92))
        default: break
        }
    }

    /// Reads `38;5;n`, `38;2;r;g;b`, `38:5:n`, `38:2:r:g:b`, `38:2::r:g:b`; returns how many parameters that took.
    private static func colour(_ parameters: Parameters, _ index: Int, _ colour: inout Colour) -> Int {
        let subs = parameters.subCount(after: index)
        if subs > 0 {
            let values = (1...subs).map { parameters[index + $0] }
            switch values[0] {
            case 5 where subs >= 2: colour = .palette(min(values[1], 255))
            case 2 where subs >= 4:
                let last = values.suffix(subs > 4 ? subs - 2 : 3).prefix(3)
                colour = rgb(Array(last))
            default: break
            }
            return subs + 1
        }
        switch parameters[index + 1] {
        case 5:
            if index + 2 < parameters.count { colour = .palette(min(parameters[index + 2], 255)) }
            return 3
        case 2:
            if index + 4 < parameters.count { colour = rgb((2...4).map { parameters[index + $0] }) }
            return 5
        default: return 2
        }
    }

    private static func rgb(_ values: [Int]) -> Colour {
        let bytes = values.map { UInt8(min(max($0, 0), 255)) }
        return .rgb(RGB(bytes[0], bytes[1], bytes[2]), named: nil)
    }
}

extension CellStyle.Attributes {
    fileprivate mutating func set(_ attribute: Self, _ isOn: Bool) {
        if isOn { insert(attribute) } else { remove(attribute) }
    }
}
