import Canvas

/// Where the console's parts stand on a screen of a given size. Small screens lose the message line first, then the header,
/// then the bottom line; messages then cover the bottom line or the body's last row.
struct ConsoleLayout: Equatable {
    var tabs: Rect
    var header: Rect
    var body: Rect
    /// Notices and prompts.
    var message: Rect
    var bottom: Rect

    init(_ size: Size, isBare: Bool = false) {
        var rest = Rect(x: 0, y: 0, width: size.width, height: size.height)
        (tabs, rest) = rest.splitTop(size.height >= 2 && !isBare ? 1 : 0)
        (header, rest) = rest.splitTop(size.height >= 4 && !isBare ? 1 : 0)
        (rest, bottom) = rest.splitBottom(size.height >= 3 && !isBare ? 1 : 0)
        (body, message) = rest.splitBottom(size.height >= 10 && !isBare ? 1 : 0)
        if message.isEmpty { message = bottom.isEmpty ? body.splitBottom(1).1 : bottom }
    }

    /// Whether the message line is the console's alone, and not borrowed from another part.
    var hasOwnMessageLine: Bool { message != bottom && message.y >= body.maxY }
}
