import Model

/// Tells from a row's cells whether the object is well: compiled once for a table's columns, used for every row.
///
/// Works by the names of printer columns, so it serves kinds nobody here has heard of.
public struct ToneRules: Sendable {
    private let status: Int?
    private let fractions: [Int]
    private let completions: Int?
    private let desired: Int?
    private let ready: Int?
    private let eventType: Int?
    private let conditions: [Int]

    public init(columns: [TableColumn]) {
        let names = columns.map { $0.name.lowercased() }
        status = names.firstIndex { ["status", "phase", "state", "health", "health status"].contains($0) }
        fractions = names.indices.filter { names[$0] == "ready" }
        completions = names.firstIndex(of: "completions")
        desired = names.firstIndex(of: "desired")
        ready = names.firstIndex(of: "ready")
        eventType = names.contains("reason") ? names.firstIndex(of: "type") : nil
        conditions = names.indices.filter { ["ready", "available", "synced", "healthy"].contains(names[$0]) }
    }

    public func tone(of row: TableRow) -> Tone {
        if let eventType, row.cell(eventType) == "Warning" { return .warning }
        let byStatus = status.map { Self.tone(ofStatus: row.cell($0)) } ?? .plain
        if byStatus == .critical || byStatus == .muted || byStatus == .progressing { return byStatus }
        let byCount = toneOfCounts(row)
        if byCount != .plain { return row.isDeleting ? .progressing : byCount }
        if conditions.contains(where: { row.cell($0) == "False" }) { return .warning }
        return row.isDeleting ? .progressing : byStatus
    }

    private func toneOfCounts(_ row: TableRow) -> Tone {
        for column in fractions {
            if let tone = Self.tone(ofFraction: row.cell(column)) { return tone }
        }
        if let completions, let tone = Self.tone(ofFraction: row.cell(completions)) {
            // A job that has not completed yet is under way, not broken; its status says when it failed.
            return tone == .good ? .muted : .progressing
        }
        if let desired, let ready, let wanted = Int(row.cell(desired)), let have = Int(row.cell(ready)) {
            return Self.tone(have, of: wanted)
        }
        return .plain
    }

    /// "2/3": fewer than wanted is a warning, none at all is critical, nothing wanted is muted.
    private static func tone(ofFraction text: String) -> Tone? {
        guard let slash = text.firstIndex(of: "/"), let have = Int(text[..<slash]),
            let wanted = Int(text[text.index(after: slash)...])
        else { return nil }
        return tone(have, of: wanted)
    }

    private static func tone(_ have: Int, of wanted: Int) -> Tone {
        if wanted == 0 { return .muted }
        if have >= wanted { return .good }
        return have == 0 ? .critical : .warning
    }

    /// What a status word means. Words nobody listed are judged by what they contain.
    static func tone(ofStatus word: String) -> Tone {
        if let known = words[word] { return known }
        if word.hasPrefix("Init:"), !word.contains("Error"), !word.contains("BackOff") { return .progressing }
        if word.contains("SchedulingDisabled"), word.hasPrefix("Ready") { return .warning }
        if bad.contains(where: { word.contains($0) }) { return .critical }
        return .plain
    }

    private static let bad = [
        "Error", "Err", "Fail", "BackOff", "Crash", "OOM", "Evicted", "Lost", "NotReady", "Invalid", "Deadline",
        "NodeAffinity", "Degraded", "Refused",
    ]

    private static let words: [String: Tone] = [
        "Running": .good, "Ready": .good, "Active": .good, "Bound": .good, "Available": .good, "Healthy": .good,
        "True": .good, "Complete": .muted, "Completed": .muted, "Succeeded": .muted, "Suspended": .muted,
        "Pending": .progressing, "ContainerCreating": .progressing, "PodInitializing": .progressing,
        "Terminating": .progressing, "Progressing": .progressing, "Released": .warning, "Unknown": .critical,
        "NotReady": .critical, "False": .warning, "SchedulingGated": .progressing,
    ]
}

extension Tone {
    /// The sign that says it without colour.
    public func sign(unicode: Bool) -> String {
        switch self {
        case .plain, .good, .muted: " "
        case .progressing: unicode ? "◌" : "~"
        case .warning: unicode ? "▲" : "!"
        case .critical: unicode ? "✖" : "X"
        }
    }

    public var isFault: Bool { self == .warning || self == .critical }
}
