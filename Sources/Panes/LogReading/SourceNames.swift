import Canvas
import Model

/// Short names that tell the sources of a log apart: of a pod only its last part where that is enough, and its container
/// only where there are several.
struct SourceNames {
    let width: Int
    private let names: [LogSource: (text: String, number: Int)]

    /// `room` is the widest that the column may be.
    init(_ sources: [LogSource], room: Int) {
        let pods = Array(Set(sources.map(\.pod))).sorted()
        let tails = Dictionary(uniqueKeysWithValues: pods.map { ($0, String($0.split(separator: "-").last ?? "")) })
        let tailsDiffer = Set(tails.values).count == pods.count
        let containersDiffer = Set(sources.map(\.container)).count > 1
        var names: [LogSource: (String, Int)] = [:]
        for source in sources {
            let pod = tailsDiffer && pods.count > 1 ? tails[source.pod] ?? source.pod : source.pod
            let words = [pods.count > 1 ? pod : "", containersDiffer ? source.container : ""].filter { !$0.isEmpty }
            names[source] = (words.joined(separator: "/"), pods.firstIndex(of: source.pod) ?? 0)
        }
        self.names = names
        width = sources.count > 1 ? min(names.values.map { DisplayText.width($0.0) }.max() ?? 0, room) : 0
    }

    /// The name, its end where it is too long, and the number of its pod for a colour.
    func name(of source: LogSource) -> (text: String, number: Int) {
        let name = names[source] ?? ("", 0)
        return (String(name.text.suffix(width)), name.number)
    }
}
