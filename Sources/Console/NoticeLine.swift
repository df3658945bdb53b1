import Canvas
import PaneKit

/// The line of words above the bottom line. Kinds differ by a sign as well as by colour.
enum NoticeLine {
    static func draw(_ notice: Notice, into region: Region) {
        let (sign, role): (String, Role) =
            switch notice.kind {
            case .information: ("", .text)
            case .warning: ("! ", .warning)
            case .failure: ("!! ", .critical)
            }
        let ground: Ground = notice.kind == .failure ? .dangerBar : .plain
        if notice.kind == .failure { region.fill(style: CellStyle(.danger, on: ground)) }
        let style = CellStyle(notice.kind == .failure ? .danger : role, on: ground)
        region.putClipped(" " + sign + notice.text, x: 0, y: 0, style: style, limit: region.width)
    }

    /// What goes on meanwhile, or can still be taken back.
    static func drawAction(_ words: String, into region: Region) {
        region.putClipped(" " + words, x: 0, y: 0, style: CellStyle(.accent), limit: region.width)
    }

    /// What holds all the time, faintly.
    static func drawStanding(_ texts: [String], into region: Region) {
        guard !texts.isEmpty else { return }
        region.putClipped(
            " ! " + texts.joined(separator: " · "), x: 0, y: 0, style: CellStyle(.warning), limit: region.width)
    }
}
