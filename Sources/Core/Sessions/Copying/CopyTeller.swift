import Backends
import Foundation
import Model

/// Says how far a copy is, now and then.
struct CopyTeller {
    private let pacer: any Pacer
    private let interval: Double
    private let say: @Sendable (String) -> Void
    private var last: Double

    init(_ pacer: any Pacer, _ interval: Double, _ say: @escaping @Sendable (String) -> Void) {
        self.pacer = pacer
        self.interval = interval
        self.say = say
        last = pacer.uptime
    }

    mutating func tell(files: Int?, bytes: Int) {
        let now = pacer.uptime
        guard now - last >= interval else { return }
        last = now
        let count = files.map { ", \($0) file\($0 == 1 ? "" : "s")" } ?? ""
        say("\(Self.size(bytes))\(count)")
    }

    /// "copied 3 files, 12.0 kB; 1 link left out: a/b".
    static func words(_ verb: String, _ files: Int, _ bytes: Int, _ leftOut: [String]) -> String {
        let what = "\(verb) \(files) file\(files == 1 ? "" : "s"), \(size(bytes))"
        guard let first = leftOut.first else { return what }
        let more = leftOut.count > 1 ? " and \(leftOut.count - 1) more" : ""
        return "\(what); left out what is no file or folder: \(first)\(more)"
    }

    private static func size(_ bytes: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var (value, unit) = (Double(bytes), 0)
        while value >= 1000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return unit == 0 ? "\(bytes) B" : "\(String(format: "%.1f", value)) \(units[unit])"
    }
}
